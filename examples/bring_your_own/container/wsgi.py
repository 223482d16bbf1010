"""What gunicorn imports: the application with its model, which is loaded now."""

from predictor import Application, load

app = Application(load())
