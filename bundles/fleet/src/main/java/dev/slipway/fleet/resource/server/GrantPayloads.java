package dev.slipway.fleet.resource.server;

import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.service.server.ServerRights;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Grants on a server, as clients see them. */
public final class GrantPayloads {
  private GrantPayloads() {}

  public record NewGrant(@NotNull UUID userId, @NotNull ServerRight role) {}

  public record GrantView(
      UUID serverId,
      UUID userId,
      String email,
      String displayName,
      ServerRight role,
      String grantedBy,
      Instant createdAt,
      Instant updatedAt) {
    public static GrantView of(ServerRights.Holder holder) {
      var grant = holder.grant();
      return new GrantView(
          grant.serverId(),
          grant.userId(),
          holder.email(),
          holder.displayName(),
          grant.role(),
          grant.grantedBy(),
          grant.createdAt(),
          grant.updatedAt());
    }
  }

  public record GrantAnswer(GrantView grant) {}

  public record GrantsAnswer(List<GrantView> grants) {
    public static GrantsAnswer of(List<ServerRights.Holder> holders) {
      return new GrantsAnswer(holders.stream().map(GrantView::of).toList());
    }
  }
}
