package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDatabaseTest {

  private static final String NAME = "SLIPWAY_DATABASE_URL";

  @ParameterizedTest
  @CsvSource({
    "postgresql://u:p@db/slip, jdbc:postgresql://db:5432/slip, u, p",
    "postgres://u:p@db:6543/slip, jdbc:postgresql://db:6543/slip, u, p",
    "jdbc:postgresql://db/slip?user=u&password=p, jdbc:postgresql://db:5432/slip, u, p",
    "postgresql://u%40x:p%2F+1@db/slip, jdbc:postgresql://db:5432/slip, u@x, p/+1",
    "postgresql://u@db/slip?sslmode=verify-full&password=p,"
        + " jdbc:postgresql://db:5432/slip?sslmode=verify-full, u, p",
    "postgresql://u:p@[::1]/slip, jdbc:postgresql://[::1]:5432/slip, u, p",
  })
  void takesCredentialsOutOfTheUrl(String text, String url, String user, String password)
      throws StartFailure {
    var database = ExternalDatabase.from(new Variables(Map.of(NAME, text))).orElseThrow();
    assertThat(database).isEqualTo(new ExternalDatabase(url, user, password));
  }

  @Test
  void passwordVariableReplacesTheOneInTheUrl() throws StartFailure {
    var variables =
        new HashMap<>(Map.of(NAME, "postgresql://u:old@db/x", "SLIPWAY_DATABASE_PASSWORD", "new"));
    assertThat(ExternalDatabase.from(new Variables(variables)).orElseThrow().password())
        .isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://u:hidden@db/x",
        "postgresql://u:hidden@db",
        "postgresql://u:hidden@db/",
        "postgresql://u:hidden@ db/x",
        "postgresql:///x?password=hidden",
        "postgresql://db/x?password=hidden",
        "not a url with hidden",
      })
  void refusesAnythingElseWithoutRepeatingIt(String text) {
    assertThatThrownBy(() -> ExternalDatabase.from(new Variables(Map.of(NAME, text))))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining(NAME)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("hidden");
  }
}
