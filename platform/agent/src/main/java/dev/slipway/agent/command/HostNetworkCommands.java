package dev.slipway.agent.command;

import dev.slipway.agent.os.LineSink;
import dev.slipway.agent.runtime.AppRuntime;
import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Networks and volumes without an engine: the host's network, and folders of the agent. */
public final class HostNetworkCommands {
  private final AppRuntime runtime;

  public HostNetworkCommands(AppRuntime runtime) {
    this.runtime = runtime;
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(
        CommandType.COMMAND_TYPE_NETWORK_REMOVE, this::removeNetwork,
        CommandType.COMMAND_TYPE_VOLUME_REMOVE, this::removeVolume,
        CommandType.COMMAND_TYPE_NETWORK_INSPECT, this::inspect);
  }

  private Reply removeNetwork(Payload payload, LineSink progress) throws CommandFailure {
    payload.instanceName("network_name");
    return Reply.completed("not_found");
  }

  private Reply removeVolume(Payload payload, LineSink progress)
      throws CommandFailure, IOException, InterruptedException {
    var name = payload.instanceName("volume_name");
    try {
      return Reply.completed(runtime.removeVolume(name) ? "removed" : "not_found");
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }

  private Reply inspect(Payload payload, LineSink progress)
      throws IOException, InterruptedException {
    var members = new ArrayList<Map<String, Object>>();
    for (var instance : runtime.list()) {
      if (instance.getStatus().equals("running")) {
        var member = new LinkedHashMap<String, Object>();
        member.put("container_id", instance.getContainerId());
        member.put("container_name", instance.getName());
        member.put("ipv4_address", "127.0.0.1/8");
        member.put("mac_address", "");
        members.add(member);
      }
    }
    var answer = new LinkedHashMap<String, Object>();
    answer.put("network_id", "");
    answer.put("network_name", "deploy-net");
    answer.put("driver", "host");
    answer.put("containers", members);
    return Json.reply(answer);
  }
}
