package dev.slipway.agent.source;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Apps of Python. */
final class PythonRule implements FrameworkRule {
  private static final Pattern REQUIRED =
      Pattern.compile("(?:requires-python|python_version)\\s*=\\s*\"[^\"\\d]*([\\d.]+)");
  private static final Pattern MODULE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  @Override
  public String lookedFor() {
    return "requirements.txt, pyproject.toml, Pipfile, manage.py, app.py, main.py";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    var declared = tree.texts(List.of("requirements.txt", "pyproject.toml", "Pipfile")).strip();
    var django = tree.has("manage.py");
    // A lone script beside a package.json is a tool of that app.
    var script = (tree.has("app.py") || tree.has("main.py")) && !tree.has("package.json");
    if (declared.isEmpty() && !django && !script) {
      return Optional.empty();
    }
    return Optional.of(
        kind(tree, declared.toLowerCase(Locale.ROOT), django)
            .with("python_pm", manager(tree))
            .with("python_version", version(tree)));
  }

  private static Framework kind(SourceTree tree, String declared, boolean django)
      throws IOException {
    var module = tree.has("main.py") ? "main" : "app";
    var gunicorn = declared.contains("gunicorn");
    if (django) {
      return Framework.of("django", "", django(tree, gunicorn), 8000);
    }
    if (declared.contains("fastapi")) {
      var start = "python3 -m uvicorn " + module + ":app --host 0.0.0.0 --port $PORT";
      return Framework.of("fastapi", "", start, 8000);
    }
    if (declared.contains("flask")) {
      var start =
          gunicorn
              ? "python3 -m gunicorn --bind 0.0.0.0:$PORT " + module + ":app"
              : "python3 -m flask --app " + module + " run --host 0.0.0.0 --port $PORT";
      return Framework.of("flask", "", start, 5000);
    }
    return Framework.of("python", "", "python3 " + module + ".py", 8000);
  }

  /** The server for production where it is installed and it is clear what it has to serve. */
  private static String django(SourceTree tree, boolean gunicorn) throws IOException {
    var projects = tree.foldersWith("wsgi.py").stream().filter(MODULE.asMatchPredicate()).toList();
    return gunicorn && projects.size() == 1
        ? "python3 -m gunicorn --bind 0.0.0.0:$PORT " + projects.getFirst() + ".wsgi"
        : "python3 manage.py runserver 0.0.0.0:$PORT";
  }

  private static String manager(SourceTree tree) {
    if (tree.has("uv.lock")) {
      return "uv";
    }
    if (tree.has("poetry.lock")) {
      return "poetry";
    }
    if (tree.has("pdm.lock")) {
      return "pdm";
    }
    return tree.has("Pipfile") ? "pipenv" : "pip";
  }

  private static String version(SourceTree tree) throws IOException {
    var stated = SourceTree.version(tree.texts(List.of(".python-version", "runtime.txt")));
    return stated.isEmpty()
        ? SourceTree.first(tree.texts(List.of("pyproject.toml", "Pipfile")), REQUIRED)
        : stated;
  }
}
