package dev.slipway.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:8080, 127.0.0.1, 8080, 127.0.0.1:8080",
    "0.0.0.0:80, 0.0.0.0, 80, 127.0.0.1:80",
    "[::1]:65535, ::1, 65535, [::1]:65535",
    "[::]:0, ::, 0, [::1]:0",
    "example.com:443, example.com, 443, example.com:443",
  })
  void readsHostAndPort(String text, String host, int port, String local) throws StartFailure {
    var address = Address.parse("--http", text);
    assertThat(address).isEqualTo(new Address(host, port));
    assertThat(address).hasToString(text);
    assertThat(address.local()).isEqualTo(local);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8080", ":8080", "host:", "host:-1", "host:65536", "::1:80", "h:1x"})
  void refusesAnythingElseAsUsage(String text) {
    assertThatThrownBy(() -> Address.parse("--http", text))
        .isInstanceOfSatisfying(
            StartFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessage("--http: '" + text + "' is not of the form HOST:PORT");
  }

  @Test
  void claimSettlesPortZero() throws StartFailure {
    assertThat(new Address("127.0.0.1", 0).claim("--http").port()).isPositive();
  }
}
