package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.CliRun.User;
import dev.slipway.cli.fake.FakeAccounts;
import dev.slipway.cli.fake.FakePlatform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInIT {
  @TempDir Path home;
  private FakePlatform platform;
  private User user;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    user = new User(home, platform.url());
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  private CliRun signIn() {
    return user.typing(FakeAccounts.PASSWORD + "\n")
        .run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
  }

  private Path file() {
    return home.resolve("slipway/credentials.json");
  }

  @Test
  void loginKeepsTokensAndRootTenantForTheOwnerAlone() throws IOException {
    assertThat(signIn().exit()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file()))
        .contains(platform.accounts.accessToken(), "\"slug\":\"root\"")
        .doesNotContain(FakeAccounts.PASSWORD);
    assertThat(user.run("app", "list").exit()).isZero();
    assertThat(platform.accounts.lastTenant).isEqualTo(FakeAccounts.ROOT);
  }

  @Test
  void loginShowsNoTokens() {
    var shown = user.typing(FakeAccounts.PASSWORD);
    var run = shown.run("login", "--email", FakeAccounts.EMAIL, "--password-stdin", "-o", "json");
    assertThat(run.json().path("user").path("email").asText()).isEqualTo(FakeAccounts.EMAIL);
    assertThat(run.out() + run.err()).doesNotContain("access-", "refresh-");
  }

  @Test
  void wrongPasswordExitsWith3AndKeepsNothing() {
    var run =
        user.typing("wrong\n").run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("error: wrong e-mail address or password", "request id: req-");
    assertThat(file()).doesNotExist();
  }

  @Test
  void loginWithoutTerminalWantsThePasswordOnStdin() {
    var run = user.run("login", "--email", FakeAccounts.EMAIL);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--password-stdin");
  }

  @Test
  void renewsAnExpiredLoginAndKeepsTheNewTokens() throws IOException {
    signIn();
    var first = platform.accounts.refreshToken();
    platform.accounts.expire();
    assertThat(user.run("whoami").exit()).isZero();
    assertThat(Files.readString(file()))
        .contains(platform.accounts.refreshToken())
        .doesNotContain(first);
    assertThat(user.run("whoami").exit()).isZero();
    assertThat(platform.count("POST /api/auth/refresh")).isOne();
  }

  @Test
  void commandsThatRunOutTogetherUseTheRefreshTokenOnce() throws Exception {
    signIn();
    platform.accounts.expire();
    try (var threads = Executors.newFixedThreadPool(6)) {
      var runs =
          threads.invokeAll(
              IntStream.range(0, 6)
                  .<Callable<CliRun>>mapToObj(i -> () -> user.run("whoami"))
                  .toList());
      for (var run : runs) {
        assertThat(run.get().exit()).isZero();
      }
    }
    assertThat(platform.count("POST /api/auth/refresh")).isOne();
    assertThat(platform.accounts.reused).isFalse();
  }

  @Test
  void aLoginThatCannotBeRenewedExitsWith3() throws IOException {
    signIn();
    var old = Files.readString(file());
    platform.accounts.expire();
    user.run("whoami");
    platform.accounts.expire();
    Files.writeString(file(), old);
    var run = user.run("whoami");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("your login has expired");
  }

  @Test
  void tokensAreNeverSentToAnotherPlatform() throws IOException {
    signIn();
    try (var other = new FakePlatform()) {
      var run = user.run("app", "list", "--url", other.url());
      assertThat(run.exit()).isEqualTo(3);
      assertThat(other.requests).isEmpty();
    }
  }

  @Test
  void anApiKeyNeedsNoLoginAndNoTenant() {
    var run = user.with("SLIPWAY_TOKEN", FakeAccounts.API_KEY).run("app", "list");
    assertThat(run.exit()).isZero();
    assertThat(platform.accounts.lastTenant).isNull();
    assertThat(file()).doesNotExist();
  }

  @Test
  void aGivenTokenWorksInTheTenantAskedForBySlug() {
    signIn();
    var other = new User(home.resolve("other"), platform.url());
    other.with("SLIPWAY_TOKEN", platform.accounts.accessToken());
    assertThat(other.run("--tenant", "team", "app", "list").exit()).isZero();
    assertThat(platform.accounts.lastTenant).isEqualTo(FakeAccounts.TEAM);
    assertThat(other.with("SLIPWAY_TENANT", "root").run("app", "list").exit()).isZero();
    assertThat(platform.accounts.lastTenant).isEqualTo(FakeAccounts.ROOT);
    var unknown = other.run("app", "list", "--tenant", "nobody");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("'nobody'", "team, root");
  }

  @Test
  void tenantUseIsKept() {
    signIn();
    assertThat(user.run("tenant", "use", "team").exit()).isZero();
    assertThat(user.run("app", "list").exit()).isZero();
    assertThat(platform.accounts.lastTenant).isEqualTo(FakeAccounts.TEAM);
    assertThat(user.run("tenant", "list").out()).containsPattern("team .*\\*");
  }

  @Test
  void aTenantWithoutMembershipExitsWith3() {
    signIn();
    var run = user.run("app", "list", "--tenant", "01990000-0000-7000-8000-0000000000ff");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("you are not a member of this tenant");
  }

  @Test
  void logoutEndsTheLoginHereAndThere() {
    signIn();
    platform.accounts.expire();
    assertThat(user.run("logout").exit()).isZero();
    assertThat(file()).doesNotExist();
    assertThat(platform.accounts.refreshToken()).isEmpty();
    assertThat(user.run("whoami").exit()).isEqualTo(3);
  }

  @Test
  void aDamagedLoginSaysSo() throws IOException {
    signIn();
    Files.writeString(file(), "{");
    var run = user.run("whoami");
    assertThat(run.exit()).isEqualTo(3);
    assertThat(run.err()).contains("cannot be read; sign in again");
    assertThat(signIn().exit()).isZero();
  }
}
