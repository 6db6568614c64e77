package dev.slipway.fleet.wire;

import static dev.slipway.fleet.service.TestFleet.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Membership;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import dev.slipway.api.security.Principal;
import dev.slipway.api.spi.PrincipalSource;
import dev.slipway.fleet.ServerRight;
import dev.slipway.fleet.service.AnotherNode;
import dev.slipway.fleet.service.agent.AgentAccess;
import dev.slipway.fleet.service.agent.AgentAccess.Freshness;
import dev.slipway.testkit.TestClient;
import dev.slipway.testkit.TestPlatform;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken away while a terminal is open ends it. */
class TerminalRightsIT extends TerminalCase {
  private final Heard heard = new Heard();

  @BeforeEach
  void begin() throws Exception {
    connect();
  }

  private Side opened(TestClient client) throws Exception {
    dial(client, "", heard);
    var side = new Side(session(asked()));
    side.show("$ ");
    await("it is shown", () -> heard.shown.toString().equals("$ "));
    return side;
  }

  /** From now on everybody is what this says; who was known is asked for again. */
  private void everybodyIs(UUID user, @Nullable Role role) {
    var seat = role == null ? null : new Membership(fleet.tenant, role, false);
    fleet.platform.principals(
        new PrincipalSource() {
          @Override
          public Optional<Principal> user(UUID id, UUID session, @Nullable UUID tenant) {
            return Optional.ofNullable(seat).map(here -> new Principal(id, null, "x", here));
          }

          @Override
          public Optional<Principal> apiKey(String sha256, @Nullable UUID tenant) {
            return Optional.empty();
          }
        });
    fleet.platform.principalCache().forget(user);
  }

  private void assertDismissed(Side side, String why) throws Exception {
    assertThat(heard.text()).contains(why);
    assertThat(heard.code()).isEqualTo(1008);
    assertThat(side.end.get(60, TimeUnit.SECONDS)).isEqualTo("completed");
    await("it is recorded", () -> !told("fleet.terminal.closed").isEmpty());
    assertThat(told("fleet.terminal.closed").getFirst().data()).containsEntry("reason", why);
    assertThat(auditedEnds(why)).isOne();
  }

  private int auditedEnds(String reason) throws SQLException {
    try (var connection = fleet.platform.store().platform().getConnection();
        var query =
            connection.prepareStatement(
                "select count(*) from security_audit where action = 'fleet.terminal.end'"
                    + " and tenant_id = ? and details->>'reason' = ?")) {
      query.setObject(1, fleet.tenant);
      query.setString(2, reason);
      var rows = query.executeQuery();
      rows.next();
      return rows.getInt(1);
    }
  }

  @Test
  void theLogin() throws Exception {
    var client = admin();
    var side = opened(client);
    everybodyIs(client.userId(), null);
    assertDismissed(side, "the login that opened it has ended");
  }

  @Test
  void theRoleThatOpenedIt() throws Exception {
    var client = admin();
    var side = opened(client);
    everybodyIs(client.userId(), Role.USER);
    assertDismissed(side, "the right to it was withdrawn");
  }

  @Test
  void theGrantOnTheServer() throws Exception {
    var owner = TestPlatform.caller(fleet.tenant, Role.ADMIN);
    var member = fleet.member();
    fleet.rights.grant(owner, server.id(), member.userId(), ServerRight.OPERATOR);
    var side = opened(member);
    // Another change of the server's takes nothing away.
    fleet.rights.grant(owner, server.id(), member.userId(), ServerRight.ADMIN);
    side.show("still ");
    await("it is shown", () -> heard.shown.toString().endsWith("still "));
    fleet.rights.withdraw(owner, server.id(), member.userId());
    assertDismissed(side, "the right to it was withdrawn");
  }

  @Test
  void theAgentsCredentials(@TempDir Path folder) throws Exception {
    var owner = fleet.platform.as(fleet.tenant, Role.OWNER);
    try (var other = new AnotherNode(fleet, folder)) {
      var agents = server.id().toString();
      for (var access : new AgentAccess[] {fleet.access, other.access}) {
        access.signIn(agents, server.secret());
      }
      var side = opened(admin());
      assertThat(owner.post("/api/servers/" + server.id() + "/agent/revoke-tokens", null).status())
          .isEqualTo(200);
      assertThat(heard.text()).contains("the agent's credentials are void");
      assertThat(heard.code()).isEqualTo(1001);
      assertThat(side.end.get(60, TimeUnit.SECONDS)).startsWith("UNAUTHENTICATED");
      // Whatever is remembered would do here: so it is not the look after seconds that finds it.
      for (var access : new AgentAccess[] {fleet.access, other.access}) {
        await("it is void", () -> refused(access, agents));
      }
    }
  }

  private boolean refused(AgentAccess access, String agent) {
    try {
      access.signIn(agent, server.secret(), Freshness.ANY);
      return false;
    } catch (PlatformException refusal) {
      return true;
    }
  }
}
