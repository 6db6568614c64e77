package dev.slipway.deployments;

import static dev.slipway.deployments.TestDeployments.expect;
import static dev.slipway.fleet.CommandType.APP_BUILD;
import static dev.slipway.fleet.CommandType.APP_DEPLOY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.Postgres;
import dev.slipway.testkit.TestClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A secret on its way from the client to the agent: at no moment does a row of any table of the
 * database hold it in clear, in base64, or in hexadecimal digits as columns of bytes are shown.
 */
class SealedDeliveryIT {
  static TestDeployments test;
  static Connection owner;

  @BeforeAll
  static void start() throws Exception {
    test = new TestDeployments();
    owner = Postgres.owner(test.platform.store());
  }

  @AfterAll
  static void stop() throws Exception {
    owner.close();
    test.close();
  }

  /** What a value looks like in whatever it is a part of. */
  static List<String> forms(String marker) {
    var forms = new ArrayList<String>();
    forms.add(marker);
    var bytes = marker.getBytes(StandardCharsets.UTF_8);
    for (var offset = 0; offset < 3; offset++) {
      var shifted = new byte[offset + bytes.length];
      System.arraycopy(bytes, 0, shifted, offset, bytes.length);
      // Without the characters that its neighbours have a part in.
      var encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      forms.add(encoded.substring(4, encoded.length() - 3));
    }
    forms.add(HexFormat.of().formatHex(bytes));
    return forms;
  }

  static List<String> tables() {
    return strings(
        "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
            + " where schemaname not in ('pg_catalog', 'information_schema') order by 1");
  }

  static List<String> strings(String select) {
    try (var read = owner.createStatement();
        var rows = read.executeQuery(select)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    } catch (SQLException failure) {
      throw new AssertionError(select, failure);
    }
  }

  /** The tables in which some row holds one of these. */
  static TreeSet<String> tablesWith(List<String> forms) {
    var found = new TreeSet<String>();
    for (var table : tables()) {
      var any = "array['" + String.join("','", forms) + "']";
      if (!strings(
              "select 1 from "
                  + table
                  + " t, unnest("
                  + any
                  + ") form"
                  + " where position(form in t::text) > 0 limit 1")
          .isEmpty()) {
        found.add(table);
      }
    }
    return found;
  }

  @Test
  void theSearchFindsWhatIsThere() {
    var app = test.app(test.agent());
    var shown = "shown-" + UUID.randomUUID();
    var variable = Map.of("key", "SHOWN", "value", shown);
    expect(201, test.user.post("/api/apps/" + app + "/env-vars", variable));
    assertThat(tablesWith(forms(shown)))
        .containsExactly("public.apps_env_var", "public.apps_env_var_version");
    assertThat(tables()).hasSizeGreaterThan(40).contains("public.http_idempotency");
  }

  @Test
  void noRowHoldsASecretAtAnyStepOfADeployment() {
    var agent = test.agent();
    var app = test.app(agent);
    var kept = UUID.randomUUID().toString();
    var once = UUID.randomUUID().toString();
    var forms = new ArrayList<>(forms(kept));
    forms.addAll(forms(once));
    var value = "line one \"" + kept + "\"\nline/two+&" + kept;
    var variable = Map.of("key", "DB_URL", "value", value, "is_secret", true);
    expect(201, careful().post("/api/apps/" + app + "/env-vars", variable));
    assertThat(tablesWith(forms)).isEmpty();
    agent.on(APP_BUILD, seen -> TestAgent.Reply.completed("built with " + printed(value)));
    var wish = Map.of("env_overrides", Map.of("API_TOKEN", once));
    var id =
        UUID.fromString(
            expect(202, careful().post("/api/apps/" + app + "/deployments", wish))
                .at("/deployment/id"));
    test.until(
        "it is live",
        () -> {
          assertThat(tablesWith(forms)).as("while it is " + test.status(id)).isEmpty();
          return test.status(id).equals("live");
        });
    var handed = AppRuntimeIT.started(agent).get("env_vars");
    assertThat(handed.path("DB_URL").asText()).isEqualTo(value);
    assertThat(handed.path("API_TOKEN").asText()).isEqualTo(once);
    assertThat(agent.last(APP_BUILD).payload().toString()).doesNotContain(kept, once);
    assertThat(test.user.get("/api/deployments/" + id + "/logs/persisted").text())
        .doesNotContain(kept, once);
  }

  @Test
  void norWhenItFailsWithTheSecretInItsOutput() {
    var agent = test.agent();
    var app = test.app(agent);
    var marker = UUID.randomUUID().toString();
    var value = "begin/" + marker + "+end&";
    var variable = Map.of("key", "DB_URL", "value", value, "is_secret", true);
    var made = test.user.post("/api/apps/" + app + "/env-vars", variable).at("/env_var/id");
    agent.on(APP_DEPLOY, seen -> TestAgent.Reply.failed("can not start: " + printed(value)));
    var id = test.deploy(app);
    test.untilStatus(id, "failed");
    expect(200, test.user.post("/api/apps/" + app + "/env-vars/" + made + "/reveal", null));
    expect(
        200, test.user.post("/api/env-vars/" + made + "/rotate", Map.of("value", "another one")));
    assertThat(tablesWith(forms(marker))).isEmpty();
    assertThat(test.deployment(id).text()).contains("can not start: ***").doesNotContain(marker);
    assertThat(test.events(app).toString()).doesNotContain(marker);
  }

  /** Whose answers are kept, so that they can be repeated. */
  static TestClient careful() {
    return test.user.with("Idempotency-Key", UUID.randomUUID().toString());
  }

  /** As programs print what they were given. */
  static String printed(String value) {
    var base64 = Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    return value + " " + base64 + " " + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
