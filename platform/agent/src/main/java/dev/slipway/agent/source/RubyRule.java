package dev.slipway.agent.source;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Apps of Ruby. */
final class RubyRule implements FrameworkRule {
  private static final Pattern VERSION =
      Pattern.compile("(?m)^\\s*ruby\\s+[\"'][^\"'\\d]*(\\d+\\.\\d+(?:\\.\\d+)?)");

  @Override
  public String lookedFor() {
    return "Gemfile";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    if (!tree.has("Gemfile")) {
      return Optional.empty();
    }
    var gems = tree.text("Gemfile");
    var stated = SourceTree.version(tree.text(".ruby-version"));
    return kind(tree, gems)
        .map(
            found ->
                found.with(
                    "ruby_version", stated.isEmpty() ? SourceTree.first(gems, VERSION) : stated));
  }

  private static Optional<Framework> kind(SourceTree tree, String gems) {
    if (tree.has("config/application.rb") && tree.has("bin/rails")) {
      var build =
          tree.hasFolder("app/assets")
              ? "RAILS_ENV=production SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile"
              : "";
      var start = "RAILS_ENV=${RAILS_ENV:-production} bundle exec rails server -b 0.0.0.0 -p $PORT";
      return Optional.of(Framework.of("rails", build, start, 3000));
    }
    var name = gems.contains("sinatra") ? "sinatra" : "ruby";
    if (tree.has("config.ru")) {
      return Optional.of(Framework.of(name, "", "bundle exec rackup -o 0.0.0.0 -p $PORT", 9292));
    }
    return tree.has("app.rb")
        ? Optional.of(Framework.of(name, "", "bundle exec ruby app.rb -o 0.0.0.0 -p $PORT", 4567))
        : Optional.empty();
  }
}
