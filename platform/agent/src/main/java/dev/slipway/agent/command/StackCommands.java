package dev.slipway.agent.command;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.StackOrder;
import dev.slipway.agent.runtime.docker.Stacks;
import dev.slipway.compose.ComposeFault;
import dev.slipway.compose.StackFile;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Stacks of a swarm, where the engine is a manager of one. */
public final class StackCommands {
  private static final int MEBIBYTE = 1 << 20;
  private static final int MOST_FILES = 64;
  private static final long LARGEST_FILES = 5L * MEBIBYTE;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private final Stacks stacks;

  public StackCommands(Stacks stacks) {
    this.stacks = stacks;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_SWARM_STACK_DEPLOY, this::deploy,
        CommandType.COMMAND_TYPE_SWARM_STACK_REMOVE, this::remove,
        CommandType.COMMAND_TYPE_SWARM_STACK_STATUS, this::status,
        CommandType.COMMAND_TYPE_SWARM_SERVICE_ROLLBACK, this::rollBack);
  }

  private Reply deploy(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var order = order(payload);
    return tried(() -> Reply.completed(stacks.deploy(order, progress)));
  }

  private Reply remove(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = name(payload);
    return tried(() -> Reply.completed(stacks.remove(name)));
  }

  private Reply status(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = name(payload);
    return tried(() -> Json.reply(stacks.status(name)));
  }

  private Reply rollBack(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = name(payload);
    var service = payload.instanceName("service_name");
    return tried(() -> Reply.completed(stacks.rollBack(name, service)));
  }

  static StackOrder order(Payload payload) throws CommandFailure {
    var name = name(payload);
    var text = payload.required("compose_content");
    requireSize("compose_content", text);
    var files = files(payload);
    var resolve = resolve(payload);
    boolean prune = payload.flag("prune");
    boolean detach = payload.flag("detach");
    try {
      return new StackOrder(name, StackFile.parse(text, files), prune, resolve, detach);
    } catch (ComposeFault e) {
      throw new CommandFailure(e.getMessage());
    }
  }

  private static String name(Payload payload) throws CommandFailure {
    var name = payload.required("stack_name");
    if (!NAME.matcher(name).matches()) {
      throw invalid("stack_name is not a name of 1 to 64 of a-z, 0-9, _ and -");
    }
    return name;
  }

  private static Map<String, String> files(Payload payload) throws CommandFailure {
    var files = new HashMap<String, String>();
    long size = 0;
    for (var file : payload.textMap("extra_files").entrySet()) {
      var path = file.getKey().startsWith("./") ? file.getKey().substring(2) : file.getKey();
      if (!isInside(path)) {
        throw invalid("extra_files has a path that leads out of its folder");
      }
      size += requireSize("extra_files", file.getValue());
      files.put(path, file.getValue());
    }
    if (files.size() > MOST_FILES) {
      throw invalid("extra_files has more than " + MOST_FILES + " files");
    }
    if (size > LARGEST_FILES) {
      throw invalid("extra_files is larger than 5 MiB");
    }
    return files;
  }

  private static boolean isInside(String path) {
    return !path.isBlank()
        && path.chars().noneMatch(c -> c == '\\' || c < ' ')
        && Arrays.stream(path.split("/", -1))
            .noneMatch(part -> List.of("", ".", "..").contains(part));
  }

  private static int requireSize(String key, String text) throws CommandFailure {
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > MEBIBYTE) {
      throw invalid(key + " is larger than 1 MiB");
    }
    return size;
  }

  private static StackOrder.Resolve resolve(Payload payload) throws CommandFailure {
    return switch (payload.text("resolve_image", "")) {
      case "", "always" -> StackOrder.Resolve.ALWAYS;
      case "changed" -> StackOrder.Resolve.CHANGED;
      case "never" -> StackOrder.Resolve.NEVER;
      default -> throw invalid("resolve_image is none of always, changed and never");
    };
  }

  private static CommandFailure invalid(String problem) {
    return new CommandFailure("invalid payload: " + problem);
  }

  private interface Work {
    Reply run() throws RuntimeRefusal, IOException, InterruptedException;
  }

  private static Reply tried(Work work) throws CommandFailure, IOException, InterruptedException {
    try {
      return work.run();
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }
}
