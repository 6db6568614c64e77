package dev.slipway.security.caller;

import static dev.slipway.security.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.Ids;
import dev.slipway.api.Membership;
import dev.slipway.api.Role;
import dev.slipway.api.security.Principal;
import dev.slipway.api.spi.BoundCredentials;
import dev.slipway.security.FakeSignals;
import dev.slipway.security.FakeUnits;
import dev.slipway.security.token.SignedTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerAuthenticatorTest {
  private static final String GOOD_TOKEN = "head.good.signature";
  private static final String TOKEN = "sdt_" + "a".repeat(64);
  private static final String KEY = "lsk_" + "Ab0-_".repeat(8) + "xyz";

  private final UUID user = Ids.next();
  private final UUID session = Ids.next();
  private final UUID tenant = Ids.next();
  private final FakeAccounts accounts = new FakeAccounts().withSeat(user, tenant, Role.ADMIN);
  private final RememberedPrincipals principals =
      new RememberedPrincipals(new FakeUnits(), new FakeSignals(), Ticker.systemTicker());
  private final BoundHolders bound = new BoundHolders();
  private final BearerAuthenticator authenticator =
      new BearerAuthenticator(this::verify, principals, bound);

  @BeforeEach
  void accountsArrive() {
    principals.bindSource(accounts);
  }

  @Test
  void noHeaderIsAnonymous() {
    var caller = authenticator.authenticate(null, "whatever", "req", "192.0.2.1");
    assertThat(caller).isEqualTo(Caller.anonymous("req", "192.0.2.1"));
    assertThat(accounts.asked).hasValue(0);
  }

  @Test
  void tokenWithTenantNamesUserSessionAndSeat() {
    var caller = authenticate("Bearer " + GOOD_TOKEN, tenant.toString());
    assertThat(caller.userId()).isEqualTo(user);
    assertThat(caller.sessionId()).isEqualTo(session);
    assertThat(caller.apiKeyId()).isNull();
    assertThat(caller.membership()).isEqualTo(new Membership(tenant, Role.ADMIN, false));
    assertThat(caller.requestId()).isEqualTo("req");
    assertThat(caller.remoteAddress()).isEqualTo("192.0.2.1");
  }

  @Test
  void tokenWithoutTenantHasNoSeat() {
    var caller = authenticate("bearer " + GOOD_TOKEN, null);
    assertThat(caller.userId()).isEqualTo(user);
    assertThat(caller.membership()).isNull();
  }

  @Test
  void rootSeatCountsOnlyForWorkOnThePlatform() {
    accounts.withSeat(user, accounts.root, Role.ADMIN);
    assertThat(authenticate("Bearer " + GOOD_TOKEN, null).membership()).isNull();
    var operator = authenticator.operator("Bearer " + GOOD_TOKEN, "req", "192.0.2.1");
    assertThat(operator.membership()).isEqualTo(new Membership(accounts.root, Role.ADMIN, true));
  }

  @Test
  void operatorWithoutRootSeatHasNone() throws Exception {
    var operator = authenticator.operator("Bearer " + GOOD_TOKEN, "req", "192.0.2.1");
    assertThat(operator.userId()).isEqualTo(user);
    assertThat(operator.membership()).isNull();
    var seat = new Membership(tenant, Role.ADMIN, false);
    accounts.keys.put(sha256(KEY), new Principal(null, Ids.next(), "deploy", seat));
    assertThat(authenticator.operator("Bearer " + KEY, "req", "192.0.2.1").membership()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "Bearer a b",
        "Bearer bad.token.here",
        "Bearer lsk_short",
        "Bearer lsk_",
        "lsk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "Bearer \u00e4"
      })
  void malformedCredentialIs401(String header) {
    assertRefused(CommonError.UNAUTHENTICATED, () -> authenticate(header, null));
    assertThat(accounts.asked).hasValue(0);
  }

  @Test
  void overlongHeaderIs401() {
    assertRefused(
        CommonError.UNAUTHENTICATED, () -> authenticate("Bearer " + "a".repeat(9_000), null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "0190", "0190aaaa-0000-7000-8000-00000000000g"})
  void malformedTenantIs400WithTheHeadersName(String header) {
    var refusal =
        assertRefused(CommonError.INVALID, () -> authenticate("Bearer " + GOOD_TOKEN, header));
    assertThat(refusal.fields()).singleElement().extracting("field").isEqualTo("X-Tenant-ID");
  }

  @Test
  void userWithoutSeatInTheTenantIs403() {
    var elsewhere = Ids.next().toString();
    assertRefused(CommonError.FORBIDDEN, () -> authenticate("Bearer " + GOOD_TOKEN, elsewhere));
  }

  @Test
  void unknownUserIs401() {
    accounts.users.clear();
    assertRefused(
        CommonError.UNAUTHENTICATED, () -> authenticate("Bearer " + GOOD_TOKEN, tenant.toString()));
  }

  @Test
  void adminKeyWithoutTenantGetsItsOwn() throws Exception {
    var id = Ids.next();
    var seat = new Membership(tenant, Role.ADMIN, true);
    accounts.keys.put(sha256(KEY), new Principal(null, id, "deploy", seat, user));
    var caller = authenticate("Bearer " + KEY, null);
    assertThat(caller.apiKeyId()).isEqualTo(id);
    assertThat(caller.userId()).isNull();
    assertThat(caller.onBehalfOf()).isEqualTo(user);
    assertThat(caller.sessionId()).isNull();
    assertThat(caller.membership()).isEqualTo(seat);
  }

  @Test
  void keyOfAnotherTenantIs403() throws Exception {
    var seat = new Membership(tenant, Role.ADMIN, false);
    accounts.keys.put(sha256(KEY), new Principal(null, Ids.next(), "deploy", seat));
    assertRefused(
        CommonError.FORBIDDEN, () -> authenticate("Bearer " + KEY, Ids.next().toString()));
  }

  @Test
  void unknownKeyIs401() {
    assertRefused(CommonError.UNAUTHENTICATED, () -> authenticate("Bearer " + KEY, null));
  }

  @Test
  void withoutAccountsIs503UntilTheyArrive() {
    principals.unbindSource(accounts);
    var refusal =
        assertRefused(CommonError.UNAVAILABLE, () -> authenticate("Bearer " + GOOD_TOKEN, null));
    assertThat(refusal.retryAfter()).isNotNull();
    principals.bindSource(accounts);
    assertThat(authenticate("Bearer " + GOOD_TOKEN, null).userId()).isEqualTo(user);
  }

  @Test
  void olderAccountsLeavingDoNotUnbindTheNewer() {
    principals.bindSource(new FakeAccounts().withSeat(user, tenant, Role.USER));
    principals.unbindSource(accounts);
    assertThat(authenticate("Bearer " + GOOD_TOKEN, tenant.toString()).has(Role.ADMIN)).isFalse();
  }

  @Test
  void aBoundCredentialOpensItsObjectAlone() throws Exception {
    var object = Ids.next();
    var id = Ids.next();
    bound.bindKind(tokens(id, object));
    var caller = bound(object);
    assertThat(caller.apiKeyId()).isEqualTo(id);
    assertThat(caller.userId()).isNull();
    assertThat(caller.sessionId()).isNull();
    assertThat(caller.boundTo()).isEqualTo(object);
    assertThat(caller.onBehalfOf()).isEqualTo(user);
    assertThat(caller.membership())
        .as("its maker is an admin")
        .isEqualTo(new Membership(tenant, Role.USER, false));
    assertRefused(CommonError.CREDENTIAL_BOUND, () -> bound(Ids.next()));
    assertRefused(CommonError.CREDENTIAL_BOUND, () -> bound(null));
    assertRefused(CommonError.CREDENTIAL_BOUND, () -> authenticate("Bearer " + TOKEN, null));
    assertRefused(
        CommonError.CREDENTIAL_BOUND,
        () -> authenticator.operator("Bearer " + TOKEN, "req", "192.0.2.1"));
    assertRefused(
        CommonError.FORBIDDEN,
        () ->
            authenticator.authenticate(
                "Bearer " + TOKEN, Ids.next().toString(), "req", "192.0.2.1", object));
  }

  @Test
  void aBoundCredentialIsWorthNothingWithoutItsMaker() throws Exception {
    var object = Ids.next();
    bound.bindKind(tokens(Ids.next(), object));
    assertThat(bound(object).boundTo()).isEqualTo(object);
    accounts.users.clear();
    assertRefused(CommonError.UNAUTHENTICATED, () -> bound(object));
  }

  @Test
  void anUnknownBoundCredentialIs401() throws Exception {
    var kind = tokens(Ids.next(), Ids.next());
    bound.bindKind(kind);
    assertRefused(
        CommonError.UNAUTHENTICATED, () -> authenticate("Bearer sdt_" + "b".repeat(64), null));
    bound.unbindKind(kind);
    assertRefused(CommonError.UNAUTHENTICATED, () -> authenticate("Bearer " + TOKEN, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lsk_", "s", "sdt", "SDT_"})
  void aKindThatWouldTakeOthersCredentialsIsNeverAsked(String prefix) {
    bound.bindKind(
        new BoundCredentials() {
          @Override
          public String prefix() {
            return prefix;
          }

          @Override
          public Optional<Holder> find(String sha256) {
            throw new AssertionError("asked");
          }
        });
    assertThat(authenticate("Bearer " + GOOD_TOKEN, null).userId()).isEqualTo(user);
    assertRefused(CommonError.UNAUTHENTICATED, () -> authenticate("Bearer " + KEY, null));
  }

  private Caller bound(@Nullable UUID object) {
    return authenticator.authenticate("Bearer " + TOKEN, null, "req", "192.0.2.1", object);
  }

  /** Knows {@link #TOKEN}. */
  private BoundCredentials tokens(UUID id, UUID object) throws Exception {
    var known = sha256(TOKEN);
    return new BoundCredentials() {
      @Override
      public String prefix() {
        return "sdt_";
      }

      @Override
      public Optional<Holder> find(String sha256) {
        return sha256.equals(known)
            ? Optional.of(new Holder(id, "ci", tenant, object, user))
            : Optional.empty();
      }
    };
  }

  @Test
  void againAUserIsWhatTheLoginIsWorthByNow() {
    var caller = authenticate("Bearer " + GOOD_TOKEN, tenant.toString());
    // The token is not looked at: it may have expired meanwhile.
    assertThat(authenticator.again(caller, "Bearer expired.since.then")).isEqualTo(caller);
    accounts.withSeat(user, tenant, Role.USER);
    principals.forget(user);
    var demoted = authenticator.again(caller, "Bearer " + GOOD_TOKEN);
    assertThat(demoted.membership()).isEqualTo(new Membership(tenant, Role.USER, false));
    assertThat(demoted.sessionId()).isEqualTo(session);
    accounts.users.get(user).remove(tenant);
    principals.forget(user);
    assertRefused(CommonError.FORBIDDEN, () -> authenticator.again(caller, "Bearer x"));
    accounts.users.clear();
    principals.forget(user);
    assertRefused(CommonError.UNAUTHENTICATED, () -> authenticator.again(caller, "Bearer x"));
  }

  @Test
  void againAKeyIsGoodUntilItIsRevoked() throws Exception {
    var id = Ids.next();
    var seat = new Membership(tenant, Role.ADMIN, false);
    accounts.keys.put(sha256(KEY), new Principal(null, id, "deploy", seat, user));
    var caller = authenticate("Bearer " + KEY, null);
    assertThat(authenticator.again(caller, "Bearer " + KEY)).isEqualTo(caller);
    accounts.keys.clear();
    principals.forget(id);
    principals.forget(tenant);
    assertRefused(CommonError.UNAUTHENTICATED, () -> authenticator.again(caller, "Bearer " + KEY));
  }

  @Test
  void againNobodyIsNobody() {
    var anonymous = authenticator.authenticate(null, null, "req", "192.0.2.1");
    assertThat(authenticator.again(anonymous, null)).isEqualTo(anonymous);
  }

  private Caller authenticate(String authorization, @Nullable String tenantHeader) {
    return authenticator.authenticate(authorization, tenantHeader, "req", "192.0.2.1");
  }

  private SignedTokens.Session verify(String token) {
    if (!token.equals(GOOD_TOKEN)) {
      throw CommonError.UNAUTHENTICATED.of();
    }
    return new SignedTokens.Session(user, session);
  }

  private static String sha256(String key) throws Exception {
    var digest = MessageDigest.getInstance("SHA-256");
    return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.US_ASCII)));
  }
}
