package dev.slipway.agent.source;

import java.io.IOException;
import java.util.Optional;

/** Apps of PHP, served from the folder that the outside may see. */
final class PhpRule implements FrameworkRule {
  @Override
  public String lookedFor() {
    return "composer.json, index.php";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    if (!tree.has("composer.json") && !tree.has("index.php") && !tree.has("public/index.php")) {
      return Optional.empty();
    }
    var required = tree.json("composer.json").path("require");
    var shown = tree.has("public/index.php") ? "public" : ".";
    var name =
        tree.has("wp-config.php") || tree.has("wp-settings.php")
            ? "wordpress"
            : required.has("laravel/framework")
                ? "laravel"
                : required.has("symfony/framework-bundle")
                    ? "symfony"
                    : required.has("slim/slim") ? "slim" : "php";
    return Optional.of(
        Framework.of(name, "", "php -S 0.0.0.0:$PORT -t " + shown, 8080)
            .with("php_version", SourceTree.version(required.path("php").asText("")))
            .with(Framework.OUTPUT, shown));
  }
}
