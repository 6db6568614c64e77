package dev.slipway.accounts.service.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.Member;
import dev.slipway.accounts.Seat;
import dev.slipway.accounts.User;
import dev.slipway.accounts.service.Accounts;
import dev.slipway.accounts.service.SecretToken;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.api.CommonError;
import dev.slipway.api.ErrorCode;
import dev.slipway.api.FieldError;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RegistrationServiceIT {
  static Accounts accounts;

  @BeforeAll
  static void open() throws Exception {
    accounts = Accounts.open();
  }

  @AfterAll
  static void close() throws Exception {
    accounts.close();
  }

  static SignedIn register(String email, String name, @Nullable String invitation) {
    return accounts.registrations.register(
        new Registration(email, Accounts.PASSWORD, name, invitation), Accounts.ORIGIN);
  }

  static void refused(Callable<?> attempt, ErrorCode code, String... fields) {
    assertThatThrownBy(attempt::call)
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.fields()).extracting(FieldError::field).containsExactly(fields);
            });
  }

  @Test
  void makesAUserWithATenantAndSignsIn() {
    var signedIn = register("Ann.Smith@Example.com", "Ann Smith", null);

    assertThat(signedIn.user())
        .extracting(
            User::email, User::emailKey, User::displayName, User::emailVerified, User::active)
        .containsExactly(
            "Ann.Smith@Example.com", "ann.smith@example.com", "Ann Smith", false, true);
    assertThat(signedIn.user().authMethods()).containsExactly("password");
    assertThat(signedIn.user().lastLoginAt()).isNotNull();
    assertThat(signedIn.seats())
        .singleElement()
        .extracting(Seat::tenantName, Seat::tenantSlug, Seat::role, Seat::root)
        .containsExactly("Ann Smith", "ann-smith", Role.OWNER, false);
    assertThat(signedIn.accessToken())
        .endsWith("{displayName=Ann Smith, email=Ann.Smith@Example.com}");

    var caller = Accounts.caller(signedIn);
    assertThat(accounts.accounts.me(caller).seats()).isEqualTo(signedIn.seats());
    assertThat(accounts.members.list(caller))
        .extracting(Member::userId, Member::role)
        .containsExactly(tuple(signedIn.user().id(), Role.OWNER));
  }

  @Test
  void saysSo() {
    var signedIn = register("events@example.com", "Eve", null);
    var user = signedIn.user();
    var seat = signedIn.seats().getFirst();
    assertThat(accounts.events.about(user.id()))
        .containsExactly(new AccountsEvent.UserRegistered(user.id(), "events@example.com", "Eve"));
    assertThat(accounts.events.about(seat.tenantId()))
        .containsExactly(
            new AccountsEvent.TenantCreated(seat.tenantId(), "Eve", "eve", false, user.id()))
        .allSatisfy(event -> assertThat(event.tenantId()).isNull());
  }

  @Test
  void keepsNoRefreshTokenInTheClear() {
    var token = register("token@example.com", "Tom", null).refreshToken();
    assertThat(token).matches("[A-Za-z0-9_-]{43}");
    assertThat(accounts.count(mapper -> mapper.tokens(token))).isZero();
    assertThat(accounts.count(mapper -> mapper.tokens(SecretToken.hash(token)))).isOne();
  }

  @Test
  void refusesATakenAddressInAnyCaseWithoutSayingWhy() {
    register("taken@example.com", "One", null);
    refused(() -> register("TAKEN@Example.com", "Two", null), AccountsError.REGISTRATION_REFUSED);
    assertThat(AccountsError.REGISTRATION_REFUSED.message())
        .doesNotContainIgnoringCase("taken")
        .doesNotContainIgnoringCase("exists");
  }

  @Test
  void namesEveryFaultyField() {
    refused(
        () ->
            accounts.registrations.register(
                new Registration("nobody", "Password123!", "a\0b", null), Accounts.ORIGIN),
        CommonError.INVALID,
        "email",
        "password",
        "displayName");
  }

  @Test
  void givesEveryTenantASlugOfItsOwn() {
    var first = register("slug1@example.com", "Same Name", null).seats().getFirst();
    var second = register("slug2@example.com", "Same Name", null).seats().getFirst();
    var root = register("slug3@example.com", "Root", null).seats().getFirst();
    assertThat(first.tenantSlug()).isEqualTo("same-name");
    assertThat(second.tenantSlug()).matches("same-name-[a-z2-9]{6}");
    assertThat(root.tenantSlug()).matches("root-[a-z2-9]{6}");
  }

  @Test
  void oneOfManyAtOnceWins() throws Exception {
    var attempts =
        Collections.<Callable<SignedIn>>nCopies(
            8, () -> register("race@example.com", "Racer", null));
    var won = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var attempt : threads.invokeAll(attempts)) {
        try {
          attempt.get();
          won++;
        } catch (ExecutionException refused) {
          assertThat(refused.getCause())
              .isInstanceOfSatisfying(
                  PlatformException.class,
                  refusal ->
                      assertThat(refusal.code()).isEqualTo(AccountsError.REGISTRATION_REFUSED));
        }
      }
    }
    assertThat(won).isOne();
    assertThat(accounts.count(mapper -> mapper.users("race@example.com"))).isOne();
    assertThat(accounts.events.all(AccountsEvent.TenantCreated.class))
        .extracting(AccountsEvent.TenantCreated::name)
        .contains("Racer");
  }

  String invitation(SignedIn host, String email, Duration lifetime) {
    var token = SecretToken.create("");
    var seat = host.seats().getFirst();
    accounts.change(
        mapper ->
            mapper.invite(
                seat.tenantId(),
                email,
                token.hash(),
                host.user().id(),
                Instant.now().plus(lifetime)));
    return token.raw();
  }

  @Test
  void anInvitationJoinsTheInvitingTenantToo() {
    var host = register("host@example.com", "Host", null);
    var token = invitation(host, "guest@example.com", Duration.ofDays(7));
    var guest = register("Guest@Example.com", "Guest", token);
    assertThat(guest.seats())
        .extracting(Seat::tenantName, Seat::role)
        .containsExactlyInAnyOrder(tuple("Guest", Role.OWNER), tuple("Host", Role.ADMIN));
    assertThat(accounts.members.list(Accounts.caller(host))).hasSize(2);
    assertThat(accounts.events.all(AccountsEvent.MemberJoined.class))
        .contains(
            new AccountsEvent.MemberJoined(
                host.seats().getFirst().tenantId(), "Host", guest.user().id(), Role.ADMIN));
    refused(
        () -> register("late@example.com", "Late", token), CommonError.INVALID, "invitationToken");
  }

  @Test
  void aBadInvitationMakesNoAccount() {
    var host = register("host2@example.com", "Host", null);
    var expired = invitation(host, "expired@example.com", Duration.ofSeconds(-1));
    var other = invitation(host, "other@example.com", Duration.ofDays(7));
    for (var token : List.of("unknown", "", "a\0b", expired, other)) {
      refused(
          () -> register("expired@example.com", "Guest", token),
          CommonError.INVALID,
          "invitationToken");
    }
    assertThat(accounts.count(mapper -> mapper.users("expired@example.com"))).isZero();
    accounts.change(mapper -> mapper.setTenantActive(host.seats().getFirst().tenantId(), false));
    refused(
        () -> register("other@example.com", "Guest", other),
        CommonError.INVALID,
        "invitationToken");
  }
}
