package dev.slipway.agent.command;

import dev.slipway.agent.runtime.RuntimeRefusal;
import dev.slipway.agent.runtime.docker.ContainerAccess;
import dev.slipway.agent.service.PostgresCertificate;
import dev.slipway.proto.agent.v1.CommandType;
import java.io.IOException;
import java.util.Map;

/** Certificates that services show to their clients. */
public final class CertificateCommands {
  private final PostgresCertificate postgres;

  public CertificateCommands(ContainerAccess containers) {
    postgres = new PostgresCertificate(containers);
  }

  public Map<CommandType, CommandHandler> handlers() {
    return Map.of(CommandType.COMMAND_TYPE_CERT_ROTATE, this::rotate);
  }

  private Reply rotate(Payload payload, Progress progress)
      throws CommandFailure, IOException, InterruptedException {
    var container = payload.instanceName("container_name");
    if (!payload.required("service_type").equals("postgresql")) {
      throw new CommandFailure("invalid payload: service_type is not postgresql");
    }
    try {
      postgres.rotate(container);
      return Reply.completed("cert rotated");
    } catch (RuntimeRefusal e) {
      throw new CommandFailure(e.getMessage());
    }
  }
}
