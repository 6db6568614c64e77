package dev.slipway.scripts.service;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code slipway.d.ts}: what editors have to know of the hooks and functions that there are. */
@Component(service = Typings.class)
public final class Typings {
  private static final String INDENT = "  ";
  private static final String BEGIN =
      """
      // Types of the hooks and functions of Slipway's scripts, made from their JSON Schemas. In a script:
      // /** @type {slipway.EventListener} */ export default async (event, api) => { … }
      declare namespace slipway {
        /** Writes lines into the log of the execution. */
        interface Log {
          (...values: unknown[]): void;
          debug(...values: unknown[]): void;
          info(...values: unknown[]): void;
          warn(...values: unknown[]): void;
          error(...values: unknown[]): void;
        }

        /** What every script has. */
        interface Common<Event> {
          readonly event: Event;
          readonly log: Log;
          /** The time; a test says which. */
          now(): Date;
        }

        /** What a function throws that refuses a call. */
        interface Refusal extends Error {
          readonly code: string;
        }
      """;

  private final Registry registry;

  @Activate
  public Typings(@Reference Registry registry) {
    this.registry = registry;
  }

  /** The whole file. */
  public String text() {
    var text = new StringBuilder(BEGIN);
    var all = registry.functions();
    var known = new LinkedHashMap<List<Function>, String>();
    known.put(all, "Functions");
    functions(text, "Functions", "All functions.", all);
    for (var hook : registry.hooks()) {
      var name = pascal(hook.name());
      var offered = registry.functions(hook);
      if (known.putIfAbsent(offered, name + "Functions") == null) {
        functions(text, name + "Functions", "Those that such a script has.", offered);
      }
      hook(text, hook, name, known.get(offered));
    }
    return text.append("}\n").toString();
  }

  private static void hook(StringBuilder text, Hook hook, String name, String functions) {
    text.append(
        """

          /** The event of a script at %1$s. */
          type %2$sEvent = %3$s;

          /** What a script at %1$s returns. */
          type %2$sResult = %4$s;

          interface %2$sApi extends Common<%2$sEvent>, %5$s {}

        %6$s  type %2$s = (
            event: %2$sEvent,
            api: %2$sApi,
          ) => Promise<%2$sResult>;
        """
            .formatted(
                hook.name(),
                name,
                TypeScript.type(hook.input().members(), INDENT),
                TypeScript.type(hook.result().members(), INDENT),
                functions,
                TypeScript.comment(hook.summary(), INDENT)));
  }

  private static void functions(
      StringBuilder text, String name, String told, List<Function> functions) {
    text.append("\n").append(TypeScript.comment(told, INDENT));
    text.append(INDENT).append("interface ").append(name).append(" {\n");
    members(text, tree(functions), INDENT + INDENT);
    text.append(INDENT).append("}\n");
  }

  /** Functions by their names, which are paths. */
  private static Map<String, Object> tree(List<Function> functions) {
    var tree = new TreeMap<String, Object>();
    for (var function : functions) {
      var at = tree;
      var names = function.api().name().split("\\.");
      for (var name : Arrays.copyOf(names, names.length - 1)) {
        @SuppressWarnings("unchecked")
        var below = (TreeMap<String, Object>) at.computeIfAbsent(name, it -> new TreeMap<>());
        at = below;
      }
      at.put(names[names.length - 1], function);
    }
    return tree;
  }

  private static void members(StringBuilder text, Map<?, ?> tree, String indent) {
    tree.forEach(
        (name, member) -> {
          if (member instanceof Function function) {
            text.append(TypeScript.comment(function.api().summary(), indent));
            text.append(indent).append(name).append("(");
            text.append(TypeScript.parameters(function.arguments().members(), indent));
            text.append("): Promise<");
            text.append(TypeScript.type(function.result().members(), indent)).append(">;\n");
          } else {
            text.append(indent).append("readonly ").append(name).append(": {\n");
            members(text, (Map<?, ?>) member, indent + "  ");
            text.append(indent).append("};\n");
          }
        });
  }

  private static String pascal(String name) {
    return Arrays.stream(name.split("[.-]"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }
}
