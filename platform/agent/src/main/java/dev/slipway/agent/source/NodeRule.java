package dev.slipway.agent.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Apps with a {@code package.json}, run by Node or Bun. */
final class NodeRule implements FrameworkRule {
  /** Dependency in package.json → name, default port, where built pages lie. First match counts. */
  private static final List<Kind> KINDS =
      List.of(
          new Kind("next", "nextjs", 3000, ""),
          new Kind("nuxt", "nuxt", 3000, ""),
          new Kind("@sveltejs/kit", "sveltekit", 3000, ""),
          new Kind("@remix-run/node", "remix", 3000, ""),
          new Kind("@solidjs/start", "solidstart", 3000, ""),
          new Kind("gatsby", "gatsby", 9000, "public"),
          new Kind("astro", "astro", 4321, "dist"),
          new Kind("@nestjs/core", "nestjs", 3000, ""),
          new Kind("elysia", "elysia", 3000, ""),
          new Kind("hono", "hono", 3000, ""),
          new Kind("express", "express", 3000, ""),
          new Kind("fastify", "fastify", 3000, ""),
          new Kind("react-scripts", "cra", 3000, "build"),
          new Kind("@angular/core", "angular", 4200, "dist"),
          new Kind("@vue/cli-service", "vue-cli", 8080, "dist"),
          new Kind("vite", "vite", 5173, "dist"));

  private record Kind(String dependency, String name, int port, String output) {}

  @Override
  public String lookedFor() {
    return "package.json";
  }

  @Override
  public Optional<Framework> look(SourceTree tree) throws IOException {
    if (!tree.has("package.json")) {
      return Optional.empty();
    }
    var manifest = tree.json("package.json");
    var manager = manager(tree);
    var kind =
        KINDS.stream()
            .filter(each -> declares(manifest, each.dependency()))
            .findFirst()
            .orElse(new Kind("", manager.equals("bun") ? "bun" : "node", 3000, ""));
    var build = manifest.path("scripts").has("build") ? manager + " run build" : "";
    var start = start(tree, manifest, kind, manager);
    return Optional.of(
        Framework.of(kind.name(), build, start, kind.port())
            .with("package_manager", manager)
            .with("node_version", version(tree, manifest))
            .with(Framework.OUTPUT, start.isEmpty() ? output(tree, kind) : ""));
  }

  /** Angular puts its pages below the name of the project. */
  private static String output(SourceTree tree, Kind kind) throws IOException {
    var projects = tree.json("angular.json").path("projects").fieldNames();
    var project = projects.hasNext() ? projects.next() : "";
    return kind.name().equals("angular") && project.matches("[A-Za-z0-9_-]+")
        ? kind.output() + "/" + project + "/browser"
        : kind.output();
  }

  /** What is only pages once it is built needs none: their start script is for development. */
  private static String start(SourceTree tree, JsonNode manifest, Kind kind, String manager) {
    var main = manifest.path("main").asText("");
    if (manifest.path("scripts").has("start") && kind.output().isEmpty()) {
      return manager + " run start";
    }
    if (tree.has("server.js")) {
      return "node server.js";
    }
    if (!kind.output().isEmpty()) {
      return "";
    }
    if (main.matches("[A-Za-z0-9_./-]+") && !main.startsWith("-")) {
      return "node " + main;
    }
    return tree.has("index.js") ? "node index.js" : "";
  }

  private static boolean declares(JsonNode manifest, String dependency) {
    return manifest.path("dependencies").has(dependency)
        || manifest.path("devDependencies").has(dependency);
  }

  private static String manager(SourceTree tree) {
    if (tree.has("pnpm-lock.yaml")) {
      return "pnpm";
    }
    if (tree.has("yarn.lock")) {
      return "yarn";
    }
    return tree.has("bun.lockb") || tree.has("bun.lock") ? "bun" : "npm";
  }

  private static String version(SourceTree tree, JsonNode manifest) throws IOException {
    var engines = SourceTree.version(manifest.path("engines").path("node").asText(""));
    return engines.isEmpty()
        ? SourceTree.version(tree.texts(List.of(".nvmrc", ".node-version")))
        : engines;
  }
}
