package dev.slipway.security.caller;

import static dev.slipway.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.CurrentOperation;
import dev.slipway.api.Ids;
import dev.slipway.api.Role;
import dev.slipway.security.FakeSignals;
import dev.slipway.security.FakeUnits;
import dev.slipway.security.token.SignedTokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordAuthenticatorTest {
  private static final String GOOD_TOKEN = "head.good.signature";

  private final UUID user = Ids.next();
  private final UUID tenant = Ids.next();
  private final FakeAccounts accounts = new FakeAccounts().withSeat(user, tenant, Role.USER);
  private final RememberedPrincipals principals =
      new RememberedPrincipals(new FakeUnits(), new FakeSignals(), Ticker.systemTicker());
  private final PasswordAuthenticator authenticator =
      new PasswordAuthenticator(
          new BearerAuthenticator(this::verify, principals, new BoundHolders()));

  @BeforeEach
  void accountsArrive() {
    principals.bindSource(accounts);
  }

  private SignedTokens.Session verify(String token) {
    if (!token.equals(GOOD_TOKEN)) {
      throw CommonError.UNAUTHENTICATED.of();
    }
    return new SignedTokens.Session(user, Ids.next());
  }

  private Caller authenticate(@Nullable String authorization) {
    return authenticator.authenticate(Caller.anonymous("req", "192.0.2.1"), authorization, null);
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theUserNameIsTheTenant() {
    var caller = authenticate(basic(tenant + ":" + GOOD_TOKEN));
    assertThat(caller.userId()).isEqualTo(user);
    assertThat(caller.tenantId()).isEqualTo(tenant);
    assertThat(caller.requestId()).isEqualTo("req");
    assertThat(caller.remoteAddress()).isEqualTo("192.0.2.1");
  }

  @Test
  void anyOtherNameChoosesNoTenant() {
    assertThat(authenticate(basic("git:" + GOOD_TOKEN)).membership()).isNull();
    assertThat(authenticate(basic(":" + GOOD_TOKEN)).membership()).isNull();
  }

  @Test
  void aTenantWithoutASeatIs403() {
    assertRefused(CommonError.FORBIDDEN, () -> authenticate(basic(Ids.next() + ":" + GOOD_TOKEN)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "Basic", "Basic !!", "Basic eA==", "Bearer " + GOOD_TOKEN, "Digest x"})
  void whatIsNoBasicAuthenticationIs401(@Nullable String header) {
    assertRefused(CommonError.UNAUTHENTICATED, () -> authenticate(header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x:wrong", "x:", "x:a b", "x:lsk_short"})
  void aWrongPasswordIs401(String pair) {
    assertRefused(CommonError.UNAUTHENTICATED, () -> authenticate(basic(pair)));
  }

  @Test
  void theOperationBecomesTheCallers() {
    var seen = new AtomicReference<Caller>();
    CurrentOperation.bound(
        () -> {
          var operation = CurrentOperation.get();
          operation.identify("x.y.push", Caller.anonymous("req", "192.0.2.1"), true);
          authenticate(basic(tenant + ":" + GOOD_TOKEN));
          assertThat(operation.name()).isEqualTo("x.y.push");
          assertThat(operation.auditDue()).isTrue();
          seen.set(operation.caller());
        });
    assertThat(seen.get().userId()).isEqualTo(user);
  }
}
