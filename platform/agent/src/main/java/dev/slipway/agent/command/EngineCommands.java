package dev.slipway.agent.command;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.EngineObjects;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.util.Map;

/** What only an agent with a container engine can do. */
public final class EngineCommands {
  private final EngineObjects objects;

  public EngineCommands(EngineObjects objects) {
    this.objects = objects;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_NETWORK_REMOVE, this::removeNetwork,
        CommandType.COMMAND_TYPE_VOLUME_REMOVE, this::removeVolume,
        CommandType.COMMAND_TYPE_NETWORK_INSPECT, this::inspectNetwork);
  }

  private Reply removeNetwork(Payload payload, LineSink progress)
      throws CommandFailure, IOException {
    var name = payload.instanceName("network_name");
    try {
      return Reply.completed(objects.removeNetwork(name) ? "removed" : "not_found");
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }

  private Reply removeVolume(Payload payload, LineSink progress)
      throws CommandFailure, IOException {
    var name = payload.instanceName("volume_name");
    try {
      return Reply.completed(objects.removeVolume(name) ? "removed" : "not_found");
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }

  private Reply inspectNetwork(Payload payload, LineSink progress)
      throws CommandFailure, IOException {
    try {
      return Json.reply(objects.inspectNetwork());
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }
}
