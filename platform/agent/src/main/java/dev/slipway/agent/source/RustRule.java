package dev.slipway.agent.source;

import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Apps of Rust that are one package. */
final class RustRule implements FrameworkRule {
  private static final Pattern PACKAGE =
      Pattern.compile("\\[package\\][^\\[]*?\\bname\\s*=\\s*\"([A-Za-z0-9_-]+)\"");
  private static final Pattern BINARY =
      Pattern.compile("\\[\\[bin\\]\\][^\\[]*?\\bname\\s*=\\s*\"([A-Za-z0-9_-]+)\"");
  private static final Pattern VERSION = Pattern.compile("\\brust-version\\s*=\\s*\"(\\d+\\.\\d+)");

  @Override
  public String lookedFor() {
    return "Cargo.toml";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    var manifest = tree.text("Cargo.toml");
    var binary = SourceTree.first(manifest, BINARY);
    var program = binary.isEmpty() ? SourceTree.first(manifest, PACKAGE) : binary;
    if (program.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Framework.of(name(manifest), "cargo build --release", "./target/release/" + program, 8080)
            .with("rust_version", SourceTree.first(manifest, VERSION)));
  }

  private static String name(String manifest) {
    if (manifest.contains("actix-web")) {
      return "actix";
    }
    return manifest.contains("axum") ? "axum" : "rust";
  }
}
