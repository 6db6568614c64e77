package dev.slipway.logs.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.api.Scope;
import dev.slipway.logs.Level;
import dev.slipway.logs.LogLine;
import dev.slipway.logs.LogsPlatform;
import dev.slipway.logs.Phase;
import dev.slipway.logs.service.Retention;
import dev.slipway.testkit.TestPlatform;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LineStoreIT {
  static LogsPlatform feature;

  final UUID tenant = Ids.next();
  final Scope scope = Scope.tenant(tenant);
  final UUID app = Ids.next();
  final UUID deployment = Ids.next();

  @BeforeAll
  static void start() {
    feature = new LogsPlatform();
  }

  @AfterAll
  static void stop() throws Exception {
    feature.close();
  }

  NewLine line(String message, Map<String, String> attributes) {
    return new NewLine(
        tenant,
        Instant.parse("2026-01-01T00:00:00.123456Z"),
        "stdout",
        Level.INFO,
        Phase.BUILD,
        message,
        app,
        deployment,
        null,
        null,
        attributes);
  }

  void add(String... messages) {
    feature.lines.addAll(Stream.of(messages).map(text -> line(text, Map.of())).toList());
  }

  List<String> messages() {
    return feature.service.page(scope, deployment, null, 0, 100).stream()
        .map(LogLine::message)
        .toList();
  }

  @Test
  void linesComeBackInOrderAndBehindAPlace() {
    add("one", "two");
    add("three");
    assertThat(messages()).containsExactly("one", "two", "three");
    var first = feature.service.page(scope, deployment, null, 0, 1).getFirst();
    assertThat(first.observedAt()).isEqualTo("2026-01-01T00:00:00.123456Z");
    assertThat(feature.service.page(scope, deployment, null, first.sequence(), 100))
        .extracting(LogLine::message)
        .containsExactly("two", "three");
    assertThat(feature.service.page(scope, deployment, Phase.RUNTIME, 0, 100)).isEmpty();
    assertThat(feature.service.page(scope, deployment, Phase.BUILD, 0, 100)).hasSize(3);
  }

  @Test
  void theDatabaseKeepsTenantsApart() {
    add("mine");
    var other = Scope.tenant(Ids.next());
    assertThat(feature.service.page(other, deployment, null, 0, 100)).isEmpty();
    assertThat(feature.service.page(Scope.platform("test"), deployment, null, 0, 100)).hasSize(1);
  }

  @Test
  void whatTheDatabaseCanNotHoldIsLeftOut() {
    feature.lines.add(line("a\0b", Map.of("na\0me", "va\0lue")));
    var stored = feature.service.page(scope, deployment, null, 0, 10).getFirst();
    assertThat(stored.message()).isEqualTo("ab");
    assertThat(stored.attributes()).containsExactly(Map.entry("name", "value"));
  }

  @Test
  void thePlatformsOwnWordsAreLinesOfTheDeployment() {
    feature.service.system(scope, app, deployment, Phase.DEPLOY, "switching");
    var stored = feature.service.page(scope, deployment, null, 0, 10).getFirst();
    assertThat(stored.stream()).isEqualTo("system");
    assertThat(stored.phase()).isEqualTo(Phase.DEPLOY);
    assertThat(stored.appId()).isEqualTo(app);
  }

  @Test
  void thePlatformsOwnWordsShowNoSecret() {
    feature.platform.secrets().protect("s3cret-of-the-app");
    feature.service.system(
        scope, app, deployment, Phase.DEPLOY, "refused: https://x:s3cret-of-the-app@example.com");
    assertThat(feature.service.page(scope, deployment, null, 0, 10).getFirst().message())
        .isEqualTo("refused: https://x:***@example.com");
  }

  @Test
  void aDayThatIsAddedLateTakesItsLinesAlong() throws SQLException {
    var day = LocalDate.parse("2031-05-06");
    add("early", "late");
    owner("update logs_line set received_at = '2031-05-06T23:59:59Z' where message = 'early'");
    owner("update logs_line set received_at = '2031-05-07T00:00:00Z' where message = 'late'");
    assertThat(partitionOf("early")).isEqualTo("logs_line_default");
    feature.lines.addDay(day);
    feature.lines.addDay(day);
    assertThat(partitionOf("early")).isEqualTo("logs_line_20310506");
    assertThat(partitionOf("late")).isEqualTo("logs_line_default");
    assertThat(messages()).containsExactlyInAnyOrder("early", "late");
  }

  @Test
  void oldDaysAreDroppedWhole() throws SQLException {
    feature.lines.addDay(LocalDate.parse("2019-03-04"));
    feature.lines.addDay(LocalDate.parse("2019-03-05"));
    add("dropped", "kept", "stray");
    owner("update logs_line set received_at = '2019-03-04T12:00:00Z' where message = 'dropped'");
    owner("update logs_line set received_at = '2019-03-05T00:00:00Z' where message = 'kept'");
    owner("update logs_line set received_at = '2018-01-01T00:00:00Z' where message = 'stray'");
    assertThat(feature.lines.dropBefore(LocalDate.parse("2019-03-05"))).isPositive();
    assertThat(messages()).containsExactly("kept");
    assertThat(feature.lines.dropBefore(LocalDate.parse("2019-03-05"))).isZero();
  }

  @Test
  void retentionKeepsTheDaysThatTheOperatorStates() {
    feature.platform.facts().set("slipway.logs.days", "7");
    var today = LocalDate.now(ZoneOffset.UTC);
    var retention = new Retention(feature.lines, feature.platform.facts());
    add("today");
    assertThat(partitionOf("today")).isEqualTo(partition(today));
    feature.lines.addDay(today.minusDays(7));
    feature.lines.addDay(today.minusDays(8));
    retention.run();
    assertThat(exists(partition(today.minusDays(7)))).isTrue();
    assertThat(exists(partition(today.minusDays(8)))).isFalse();
    assertThat(exists(partition(today.plusDays(2)))).isTrue();
    assertThat(messages()).containsExactly("today");
  }

  private static String partition(LocalDate day) {
    return "logs_line_" + day.toString().replace("-", "");
  }

  private static String one(String query, String argument) {
    try (var connection = feature.platform.store().platform().getConnection();
        var statement = connection.prepareStatement(query)) {
      statement.setString(1, argument);
      var row = statement.executeQuery();
      row.next();
      return row.getString(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static String partitionOf(String message) {
    return one(
        "select tableoid::regclass::text from logs_line where message = ? order by sequence desc limit 1",
        message);
  }

  private static boolean exists(String table) {
    return one("select (to_regclass(?) is not null)::text", table).equals("true");
  }

  private static void owner(String update) throws SQLException {
    try (var connection = feature.platform.store().platform().getConnection();
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(update)).isPositive();
    }
  }

  @Test
  void nobodyElseReadsAPartitionDirectly() {
    var caller = TestPlatform.caller(tenant, Role.OWNER);
    add("mine");
    assertThat(
            one(
                "select count(*) from information_schema.role_table_grants"
                    + " where table_name like 'logs_line_%' and grantee like ? || '%tenant'",
                "test_"))
        .as("grants to the tenant role for " + caller.name())
        .isEqualTo("0");
  }
}
