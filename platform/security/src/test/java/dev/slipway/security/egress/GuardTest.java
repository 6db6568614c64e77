package dev.slipway.security.egress;

import static dev.slipway.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
  private final Map<String, List<InetAddress>> names = new HashMap<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "//example.com",
        "ftp://example.com",
        "file:///etc/passwd",
        "gopher://example.com/",
        "jar:http://example.com!/",
        "javascript:alert(1)",
        "http:",
        "http://",
        "http:///path",
        "http://:80/",
        "http://user@example.com/",
        "http://user:pw@example.com/",
        "http://example.com:0/",
        "http://example.com:70000/",
        "http://example.com:-1/",
        "http://exa mple.com/",
        "http://my_host/",
        "http://example.com\r\nHost: x/",
        "http://[fe80::1%25eth0]/",
        "http://[fe80::1%eth0]/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://127.1/",
        "http://0177.0.0.1/",
        "http://256.1.1.1/",
        "http://exam\u00adple.com/",
        "http://b\u00fccher.example/",
        "http://a%40b/",
        "http://example.com\\@x/"
      })
  void refusesUrlsThatAreNoPlainWebAddress(String url) {
    names.put("example.com", addresses("1.1.1.1"));
    names.put("0x7f000001", addresses("127.0.0.1"));
    assertRefused(EgressError.REFUSED, () -> guard(null).addresses(Target.of(url), Long.MAX_VALUE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1/",
        "http://10.1.2.3:8080/",
        "http://169.254.169.254/latest/meta-data",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:a9fe:a9fe]/",
        "http://[fd00::1]:8080/",
        "http://[64:ff9b::7f00:1]/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://224.0.0.1/",
        "http://localhost/",
        "http://LOCALHOST:8080/",
        "http://localhost./",
        "http://a.localhost/",
        "http://localhost.localdomain/",
        "http://ip6-localhost/"
      })
  void refusesLocalAndPrivateTargets(String url) {
    names.put("localhost", addresses("1.1.1.1"));
    names.put("a.localhost", addresses("1.1.1.1"));
    assertRefused(EgressError.REFUSED, () -> guard(null).addresses(Target.of(url), Long.MAX_VALUE));
  }

  @Test
  void refusesANameThatLeadsInside() {
    names.put("inside.example.com", addresses("10.0.0.1"));
    assertRefused(EgressError.REFUSED, () -> resolve(null, "http://inside.example.com/"));
  }

  @Test
  void refusesANameWithOneBadAddressAmongGoodOnes() {
    names.put("mixed.example.com", addresses("1.1.1.1", "2606:4700::1", "169.254.169.254"));
    assertRefused(EgressError.REFUSED, () -> resolve(null, "https://mixed.example.com/"));
  }

  @Test
  void theRefusalDoesNotTellTheAddress() {
    names.put("inside.example.com", addresses("10.0.0.1"));
    assertThatThrownBy(() -> resolve(null, "http://inside.example.com/"))
        .hasMessage("The target is not allowed: the host's address is not public.");
  }

  @Test
  void passesPublicTargets() throws Exception {
    names.put("example.com", addresses("1.1.1.1", "2606:4700::1"));
    assertThat(resolve(null, "https://Example.COM./path?q#f")).hasSize(2);
    assertThat(resolve(null, "http://1.1.1.1:8080/"))
        .containsExactly(InetAddress.ofLiteral("1.1.1.1"));
    assertThat(resolve(null, "http://[2606:4700::1]/")).hasSize(1);
  }

  @Test
  void unknownNamesAreNetworkFailures() {
    assertThatThrownBy(() -> resolve(null, "http://nowhere.example.com/"))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void theOperatorMayAllowNetworksAndEndpoints() throws Exception {
    names.put("inside.example.com", addresses("10.1.2.3"));
    names.put("localhost", addresses("127.0.0.1"));
    assertThat(resolve("10.1.0.0/16", "http://inside.example.com/")).hasSize(1);
    assertThat(resolve("10.1.2.3", "http://10.1.2.3:99/")).hasSize(1);
    assertThat(resolve("10.0.0.0/8", "http://[::ffff:10.1.2.3]/")).hasSize(1);
    assertThat(resolve(" fd00::/8 , 10.0.0.0/8", "http://[fd00::1]/")).hasSize(1);
    assertThat(resolve("inside.example.com:443", "https://inside.example.com/")).hasSize(1);
    assertThat(resolve("LOCALHOST:8080", "http://localhost:8080/")).hasSize(1);
    assertThat(resolve("[::1]:8080", "http://[::1]:8080/")).hasSize(1);

    assertRefused(EgressError.REFUSED, () -> resolve("10.2.0.0/16", "http://inside.example.com/"));
    assertRefused(
        EgressError.REFUSED, () -> resolve("inside.example.com:443", "http://inside.example.com/"));
    assertRefused(EgressError.REFUSED, () -> resolve("127.0.0.0/8", "http://localhost/"));
    assertRefused(EgressError.REFUSED, () -> resolve("[::1]:8080", "http://[::1]:8081/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0/8",
        "example.com",
        "10.0.0.0/x",
        "*",
        "http://x"
      })
  void aFaultyAllowListIsRefused(String setting) {
    assertThatThrownBy(() -> AllowList.parse(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slipway.egress.allow");
  }

  @Test
  void theHostHeaderNamesUnusualPortsOnly() {
    assertThat(Target.of("http://a.example:80/").authority()).isEqualTo("a.example");
    assertThat(Target.of("https://a.example:80/").authority()).isEqualTo("a.example:80");
    assertThat(Target.of("https://[2606::1]/").authority()).isEqualTo("[2606::1]");
    assertThat(Target.of("https://a.example?x=%20\u00e4#f").path()).isEqualTo("/?x=%20%C3%A4");
  }

  private List<InetAddress> resolve(@Nullable String allowed, String url)
      throws UnknownHostException {
    return guard(allowed).addresses(Target.of(url), Long.MAX_VALUE);
  }

  private Guard guard(@Nullable String allowed) {
    return new Guard(
        AllowList.parse(allowed),
        host -> {
          if (!names.containsKey(host)) {
            throw new UnknownHostException(host);
          }
          return names.get(host);
        });
  }

  private static List<InetAddress> addresses(String... literals) {
    return Stream.of(literals).map(InetAddress::ofLiteral).toList();
  }
}
