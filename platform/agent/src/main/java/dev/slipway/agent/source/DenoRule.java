package dev.slipway.agent.source;

import java.io.IOException;
import java.util.Optional;

/** Apps of Deno. */
final class DenoRule implements FrameworkRule {
  @Override
  public String lookedFor() {
    return "deno.json";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    if (!tree.has("deno.json") && !tree.has("deno.jsonc")) {
      return Optional.empty();
    }
    var text = tree.text("deno.json") + tree.text("deno.jsonc");
    var name = text.contains("fresh") ? "fresh" : text.contains("oak") ? "oak" : "deno";
    var start =
        text.contains("\"start\"") ? "deno task start" : "deno run --allow-net --allow-env main.ts";
    return Optional.of(Framework.of(name, "", start, 8000).with("deno_version", "2"));
  }
}
