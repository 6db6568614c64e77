package dev.slipway.accounts.service.openid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.accounts.User;
import dev.slipway.accounts.oidc.OidcFailure;
import dev.slipway.accounts.oidc.OidcIdentity;
import dev.slipway.accounts.service.Accounts;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.api.Caller;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** First sign-ins at a provider while others work on the same account. */
@Timeout(60)
class OidcAccountsIT {
  static Accounts accounts;
  static Caller root;

  @BeforeAll
  static void open() throws Exception {
    accounts = Accounts.open();
    accounts.bootstrap(
        Map.of("slipway.root.email", "root@localhost", "slipway.root.password", "Own-3r-of-all"));
    root =
        Accounts.caller(
            accounts.logins.login("root@localhost", "Own-3r-of-all", null, Accounts.ORIGIN));
  }

  @AfterAll
  static void close() throws Exception {
    accounts.close();
  }

  static SignedIn register() {
    return accounts.register(UUID.randomUUID() + "@example.com");
  }

  static OidcArrival signIn(String email) {
    var identity = new OidcIdentity("issuer", UUID.randomUUID().toString(), email, true, "Gil");
    try {
      return accounts.all.oidcAccounts.signIn(identity, Accounts.ORIGIN);
    } catch (OidcFailure refusal) {
      throw new CompletionException(refusal);
    }
  }

  static User user(OidcArrival arrival) {
    return ((OidcArrival.SignedInThere) arrival).signedIn().user();
  }

  static User found(SignedIn user) {
    return accounts.all.userService.require(user.user().id());
  }

  @Test
  void whoIsSwitchedOffMeanwhileStaysOff() {
    for (var verified : new boolean[] {false, true}) {
      var known = register();
      var id = known.user().id();
      accounts.inUnit(() -> verified && accounts.users.verified(id, known.user().createdAt()));
      accounts.db.after(
          "UserMapper.byEmail", () -> accounts.all.userService.setActive(root, id, false));
      assertThatThrownBy(() -> signIn(known.user().email())).hasCauseInstanceOf(OidcFailure.class);
      assertThat(found(known).active()).as("verified: %s", verified).isFalse();
    }
  }

  @Test
  void whoIsMovedToAnotherAddressMeanwhileKeepsIt() {
    var known = register();
    var moved = UUID.randomUUID() + "@example.com";
    accounts.db.after(
        "UserMapper.byEmail",
        () -> accounts.all.userService.edit(root, known.user().id(), moved, null));
    var arrived = user(signIn(known.user().email()));
    assertThat(arrived.id()).isNotEqualTo(known.user().id());
    assertThat(found(known)).returns(moved, User::email).returns(false, User::emailVerified);
  }

  @Test
  void whomAnOperatorHasMovedKeepsTheTenants() {
    var known = register();
    var id = known.user().id();
    accounts.inUnit(() -> accounts.users.verified(id, known.user().createdAt()));
    var moved = UUID.randomUUID() + "@example.com";
    accounts.all.userService.edit(root, id, moved, null);
    assertThat(user(signIn(moved)).id()).isEqualTo(id);
    assertThat(accounts.all.userService.seats(id)).isEqualTo(known.seats());
  }

  @Test
  void aLoginThatIsBeingOpenedEndsToo() {
    var squatter = register();
    var email = squatter.user().email();
    var claim = new AtomicReference<CompletableFuture<OidcArrival>>();
    accounts.db.after(
        "SessionMapper.insert",
        () -> {
          claim.set(CompletableFuture.supplyAsync(() -> signIn(email), Thread::startVirtualThread));
          while (accounts.count(mapper -> mapper.waiting()) == 0 && !claim.get().isDone()) {
            Thread.onSpinWait();
          }
        });
    var opened = accounts.logins.login(email, Accounts.PASSWORD, null, Accounts.ORIGIN);
    assertThat(user(claim.get().join()).id()).isEqualTo(squatter.user().id());
    assertThat(accounts.count(mapper -> mapper.revoked(Accounts.session(opened)))).isOne();
  }
}
