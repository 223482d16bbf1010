"""Has the containers of a pipeline answer one invocation, each by what the one before it answered."""

from __future__ import annotations

from pilotlight.hosting.container_chain import stage_headers
from pilotlight.local.containers.container_stream import ContainerStream
from pilotlight.local.endpoint.direct_invocation import DirectInvocation
from pilotlight.local.endpoint.forwarded_call import ForwardedCall


class PipelineCall(ForwardedCall):
    """One invocation on its way through all containers; the first that fails gives the answer."""

    def _send(self, given: DirectInvocation) -> ContainerStream:
        names = list(self._routed.containers)
        stream = self._stage(given, names[0], before=None, is_last=len(names) == 1)
        for name in names[1:]:
            if not stream.is_success:
                break
            stream = self._stage(given, name, before=stream, is_last=name == names[-1])
        return stream

    def _stage(
        self, given: DirectInvocation, name: str, *, before: ContainerStream | None, is_last: bool
    ) -> ContainerStream:
        self.container = name
        body = given.body if before is None else b"".join(before.parts())
        headers = stage_headers(
            given.container_headers,
            content_type=None if before is None else before.content_type,
            is_first=before is None,
            is_last=is_last,
        )
        return self._routed.containers[name].stream(body, headers, self._patience_s)
