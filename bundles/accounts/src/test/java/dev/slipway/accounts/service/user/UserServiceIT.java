package dev.slipway.accounts.service.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.accounts.AccountsError;
import dev.slipway.accounts.AccountsEvent;
import dev.slipway.accounts.DeletionPreview.Ownership;
import dev.slipway.accounts.Member;
import dev.slipway.accounts.Seat;
import dev.slipway.accounts.Users;
import dev.slipway.accounts.service.Accounts;
import dev.slipway.accounts.service.SignedIn;
import dev.slipway.api.Caller;
import dev.slipway.api.CommonError;
import dev.slipway.api.ErrorCode;
import dev.slipway.api.PlatformException;
import dev.slipway.api.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users as the platform's operators change them. */
@Timeout(60)
class UserServiceIT {
  static Accounts accounts;
  static Users users;
  static Caller root;

  @BeforeAll
  static void open() throws Exception {
    accounts = Accounts.open();
    users = accounts.all.userService;
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

  static UUID tenant(SignedIn user) {
    return user.seats().getFirst().tenantId();
  }

  static void join(UUID tenant, SignedIn user, Role role) {
    accounts.inUnit(
        () -> {
          accounts.tenants.join(tenant, user.user().id(), role, Instant.now());
          return true;
        });
  }

  static void refused(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            PlatformException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  static @Nullable Role role(UUID tenant, SignedIn user) {
    return users.seats(user.user().id()).stream()
        .filter(seat -> seat.tenantId().equals(tenant))
        .map(Seat::role)
        .findFirst()
        .orElse(null);
  }

  @Test
  void listsAllWithTheirSeats() {
    var host = register();
    var guest = register();
    join(tenant(host), guest, Role.USER);
    assertThat(users.list())
        .extracting(entry -> entry.user().id(), entry -> entry.tenantCount())
        .contains(tuple(host.user().id(), 1), tuple(guest.user().id(), 2));
    assertThat(users.count()).isEqualTo(users.list().size());
    assertThat(users.activeSince(Instant.now().minus(Duration.ofDays(1))))
        .isGreaterThanOrEqualTo(2);
    assertThat(users.activeSince(Instant.now().plus(Duration.ofDays(1)))).isZero();
    refused(() -> users.require(UUID.randomUUID()), AccountsError.USER_NOT_FOUND);
  }

  @Test
  void editsNameAndAddress() {
    var user = register();
    var id = user.user().id();
    var other = register();
    var edited = users.edit(root, id, null, "Zoë \uD83C\uDF1F");
    assertThat(edited.displayName()).isEqualTo("Zoë \uD83C\uDF1F");
    assertThat(edited.email()).isEqualTo(user.user().email());
    refused(
        () -> users.edit(root, id, other.user().email().toUpperCase(), null),
        AccountsError.EMAIL_TAKEN);
    refused(() -> users.edit(root, id, " ", null), CommonError.INVALID);
    refused(() -> users.edit(root, id, null, "a\u0000b"), CommonError.INVALID);
    refused(() -> users.edit(root, UUID.randomUUID(), null, "x"), AccountsError.USER_NOT_FOUND);
    var moved = users.edit(root, id, UUID.randomUUID() + "@example.org", null);
    assertThat(moved.emailVerified()).isFalse();
    assertThat(accounts.mails.queued)
        .anySatisfy(mail -> assertThat(mail.recipient()).isEqualTo(moved.email()));
    var stranger = Accounts.caller(other);
    refused(
        () -> users.edit(stranger, root.requireUser(), null, "x"),
        AccountsError.ROOT_OWNER_PROTECTED);
  }

  @Test
  void whoIsSwitchedOffIsNobodyAtOnce() {
    var user = register();
    var id = user.user().id();
    users.setActive(root, id, false);
    assertThat(accounts.forgotten.ids).contains(id);
    assertThat(accounts.principals.user(id, Accounts.session(user), null)).isEmpty();
    users.setActive(root, id, false);
    assertThat(accounts.events.about(id))
        .filteredOn(AccountsEvent.UserDeactivated.class::isInstance)
        .hasSize(1);
    users.setActive(root, id, true);
    assertThat(accounts.principals.user(id, Accounts.session(user), null))
        .as("its logins stay ended")
        .isEmpty();
    refused(
        () -> users.setActive(root, root.requireUser(), false), AccountsError.ROOT_OWNER_PROTECTED);
  }

  @Test
  void changesRolesAndNeverLosesTheOwner() {
    var host = register();
    var guest = register();
    var tenant = tenant(host);
    join(tenant, guest, Role.USER);
    users.setRole(root, guest.user().id(), tenant, Role.ADMIN);
    assertThat(role(tenant, guest)).isEqualTo(Role.ADMIN);
    refused(
        () -> users.setRole(root, host.user().id(), tenant, Role.USER),
        AccountsError.OWNER_REQUIRED);
    users.setRole(root, guest.user().id(), tenant, Role.OWNER);
    assertThat(role(tenant, guest)).isEqualTo(Role.OWNER);
    assertThat(role(tenant, host)).isEqualTo(Role.ADMIN);
    refused(
        () -> users.setRole(root, register().user().id(), tenant, Role.USER),
        AccountsError.MEMBER_NOT_FOUND);
    refused(
        () -> users.setRole(root, host.user().id(), UUID.randomUUID(), Role.USER),
        AccountsError.TENANT_NOT_FOUND);
    join(root.tenantId(), host, Role.ADMIN);
    refused(
        () -> users.setRole(root, host.user().id(), root.tenantId(), Role.OWNER),
        AccountsError.ROOT_OWNERSHIP_FIXED);
    users.setRole(root, host.user().id(), root.tenantId(), Role.USER);
    assertThat(role(root.tenantId(), host)).isEqualTo(Role.USER);
  }

  @Test
  void whoErasesTheOwnAccountMeanwhileInheritsNothing() {
    var host = register();
    var heir = register();
    join(tenant(host), heir, Role.USER);
    accounts.db.after("MembershipMapper.owner", () -> eraseOwn(heir));
    refused(
        () -> users.setRole(root, heir.user().id(), tenant(host), Role.OWNER),
        AccountsError.MEMBER_NOT_FOUND);
    assertThat(role(tenant(host), host)).isEqualTo(Role.OWNER);
  }

  @Test
  void whoHasInheritedMeanwhileErasesNothing() throws Exception {
    var host = register();
    var heir = register();
    join(tenant(host), heir, Role.USER);
    var erasing = new AtomicReference<CompletableFuture<Void>>();
    accounts.db.after(
        "MembershipMapper.setRole",
        () -> {
          erasing.set(CompletableFuture.runAsync(() -> eraseOwn(heir), Thread::startVirtualThread));
          while (accounts.count(mapper -> mapper.waiting()) == 0 && !erasing.get().isDone()) {
            Thread.onSpinWait();
          }
        });
    users.setRole(root, heir.user().id(), tenant(host), Role.OWNER);
    assertThatThrownBy(() -> erasing.get().get())
        .cause()
        .isInstanceOfSatisfying(
            PlatformException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(AccountsError.OWNER_OF_OTHERS));
    assertThat(role(tenant(host), heir)).isEqualTo(Role.OWNER);
  }

  static void eraseOwn(SignedIn user) {
    accounts.all.ownAccounts.delete(Accounts.caller(user), Accounts.PASSWORD);
  }

  @Test
  void aTenantWithoutAnOwnerGetsOne() {
    var host = register();
    var guest = register();
    join(tenant(host), guest, Role.USER);
    accounts.inUnit(
        () -> {
          accounts.users.delete(host.user().id());
          return true;
        });
    users.setRole(root, guest.user().id(), tenant(host), Role.OWNER);
    assertThat(role(tenant(host), guest)).isEqualTo(Role.OWNER);
  }

  @Test
  void whoHasHandedOverNeitherRemovesNorInvitesAdmins() {
    var host = register();
    var heir = register();
    var admin = register();
    join(tenant(host), heir, Role.ADMIN);
    join(tenant(host), admin, Role.ADMIN);
    var before = seated(host, tenant(host), Role.OWNER);
    accounts.members.transfer(before, heir.user().id());
    refused(
        () -> accounts.members.remove(before, admin.user().id()), AccountsError.ADMINS_BY_OWNER);
    refused(
        () -> accounts.all.invitations.invite(before, "new@example.com", Role.ADMIN),
        AccountsError.ADMINS_BY_OWNER);
    users.setRole(root, host.user().id(), tenant(host), Role.USER);
    refused(
        () -> accounts.all.invitations.invite(before, "new@example.com", Role.USER),
        CommonError.FORBIDDEN);
    var guest = register();
    join(tenant(host), guest, Role.USER);
    refused(() -> accounts.members.remove(before, guest.user().id()), CommonError.FORBIDDEN);
    assertThat(role(tenant(host), admin)).isEqualTo(Role.ADMIN);
    assertThat(role(tenant(host), guest)).isEqualTo(Role.USER);
  }

  @Test
  void deletesAllOrNothing() {
    var user = register();
    var id = user.user().id();
    var heir = register();
    var second = register();
    join(tenant(user), heir, Role.USER);
    // A second tenant of the same owner, without others.
    join(tenant(second), user, Role.USER);
    users.setRole(root, id, tenant(second), Role.OWNER);
    accounts.members.remove(seated(user, tenant(second), Role.OWNER), second.user().id());

    var preview = users.previewDeletion(root, id);
    assertThat(preview.canDelete()).isTrue();
    assertThat(preview.ownerships())
        .extracting(Ownership::tenantId, own -> own.otherMembers().size())
        .containsExactlyInAnyOrder(tuple(tenant(user), 1), tuple(tenant(second), 0));

    var stranger = register().user().id();
    refused(() -> users.delete(root, id, Map.of(), Set.of()), AccountsError.OWNERSHIP_UNSETTLED);
    refused(
        () -> users.delete(root, id, Map.of(tenant(user), heir.user().id()), Set.of()),
        AccountsError.OWNERSHIP_UNSETTLED);
    refused(
        () -> users.delete(root, id, Map.of(tenant(user), stranger), Set.of(tenant(second))),
        AccountsError.OWNERSHIP_UNSETTLED);
    refused(
        () -> users.delete(root, id, Map.of(tenant(user), id), Set.of(tenant(second))),
        AccountsError.OWNERSHIP_UNSETTLED);
    assertThat(users.find(id)).isPresent();
    assertThat(role(tenant(user), user)).as("nothing was done").isEqualTo(Role.OWNER);

    users.delete(root, id, Map.of(tenant(user), heir.user().id()), Set.of(tenant(second)));
    assertThat(users.find(id)).isEmpty();
    assertThat(role(tenant(user), heir)).isEqualTo(Role.OWNER);
    assertThat(accounts.all.tenantService.find(tenant(second))).isEmpty();
    assertThat(accounts.all.tenantService.members(tenant(user)))
        .extracting(Member::userId)
        .containsExactly(heir.user().id());
    assertThat(accounts.events.all(AccountsEvent.UserDeleted.class))
        .contains(new AccountsEvent.UserDeleted(id, user.user().email()));
    assertThat(accounts.events.all(AccountsEvent.TenantDeleted.class))
        .extracting(AccountsEvent.TenantDeleted::tenant)
        .contains(tenant(second));
  }

  static Caller seated(SignedIn user, UUID tenant, Role role) {
    return new Caller(
        user.user().id(),
        null,
        Accounts.session(user),
        "x",
        new dev.slipway.api.Membership(tenant, role, false),
        "request",
        "::1");
  }

  @Test
  void neitherTheRootOwnerNorOneselfIsDeleted() {
    var self = users.previewDeletion(root, root.requireUser());
    assertThat(self.canDelete()).isFalse();
    assertThat(self.reason()).isNotEmpty();
    assertThat(self.ownerships()).extracting(Ownership::root).contains(true);
    refused(
        () -> users.delete(root, root.requireUser(), Map.of(), Set.of()),
        AccountsError.OWN_ACCOUNT);
    refused(
        () ->
            users.delete(
                Accounts.caller(register()), root.requireUser(), Map.of(), Set.of(root.tenantId())),
        AccountsError.ROOT_OWNER_PROTECTED);
  }
}
