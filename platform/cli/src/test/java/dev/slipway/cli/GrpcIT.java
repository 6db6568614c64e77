package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.CliRun.User;
import dev.slipway.cli.fake.FakeAccounts;
import dev.slipway.cli.fake.FakeApps.Ending;
import dev.slipway.cli.fake.FakeApps.LogConnection;
import dev.slipway.cli.fake.FakeGrpc;
import dev.slipway.cli.fake.FakeGrpc.Part;
import dev.slipway.cli.fake.FakePlatform;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is followed comes by gRPC where a listener is named, and else as before. */
class GrpcIT {
  @TempDir Path temporary;
  private FakePlatform platform;
  private FakeGrpc grpc;
  private User user;
  private Path folder;

  @BeforeEach
  void start() throws IOException {
    platform = new FakePlatform();
    grpc = new FakeGrpc();
    user = new User(temporary.resolve("home"), platform.url());
    user.typing(FakeAccounts.PASSWORD)
        .run("login", "--email", FakeAccounts.EMAIL, "--password-stdin");
    user.with("SLIPWAY_GRPC_URL", grpc.url());
    folder = Files.createDirectories(temporary.resolve("shop"));
    Files.writeString(folder.resolve("Main.java"), "class Main {}");
  }

  @AfterEach
  void stop() throws Exception {
    grpc.close();
    platform.close();
  }

  private CliRun deploy() {
    return user.run("deploy", folder.toString(), "--wait");
  }

  private boolean askedOverHttp() {
    return platform.requests.stream().anyMatch(line -> line.endsWith("/progress"));
  }

  @Test
  void aDeploymentIsFollowedToItsEnd() {
    grpc.parts.add(new Part(List.of("build", "deploy", "done"), Status.OK));
    grpc.ending = platform.deployments::endAll;
    var run = deploy();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).containsSubsequence("[build] running", "[deploy] running", "[done]");
    assertThat(run.out()).contains("shop is live at");
    assertThat(askedOverHttp()).isFalse();
    assertThat(grpc.credentials).hasSize(1);
    assertThat(grpc.credentials.getFirst())
        .startsWith("Bearer ")
        .endsWith(" " + platform.accounts.lastTenant);
  }

  @Test
  void anInterruptedStreamGoesOnBehindTheLastMessage() {
    grpc.parts.add(new Part(List.of("build"), Status.UNAVAILABLE));
    grpc.parts.add(new Part(List.of("done"), Status.OK));
    grpc.ending = platform.deployments::endAll;
    var run = deploy();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(grpc.resumedFrom).containsExactly("", "p1");
    assertThat(askedOverHttp()).isFalse();
  }

  @Test
  void whereItIsRefusedTheStreamGoesOnOverHttp() {
    grpc.parts.add(new Part(List.of("build"), Status.PERMISSION_DENIED));
    var run = deploy();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(grpc.resumedFrom).hasSize(1);
    assertThat(platform.deployments.resumedFrom).containsExactly("p1");
  }

  @Test
  void whereNobodyListensTheStreamComesOverHttp() throws Exception {
    grpc.close();
    var run = deploy();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(askedOverHttp()).isTrue();
    assertThat(user.with("SLIPWAY_GRPC_URL", "nonsense").run("app", "list").exit()).isEqualTo(2);
  }

  @Test
  void whereThePlatformListensItTellsItself() {
    user.with("SLIPWAY_GRPC_URL", "");
    platform.accounts.grpcUrl = grpc.url();
    grpc.parts.add(new Part(List.of("build", "done"), Status.OK));
    grpc.ending = platform.deployments::endAll;
    var run = deploy();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(grpc.credentials).hasSize(1);
    assertThat(askedOverHttp()).isFalse();
    assertThat(platform.count("GET /api/version")).isEqualTo(1);
    user.run("app", "list");
    assertThat(platform.count("GET /api/version")).as("not where nothing is followed").isEqualTo(1);
  }

  @Test
  void whatIsToldIsNotFollowedAnywhere() {
    user.with("SLIPWAY_GRPC_URL", "");
    for (var told : new String[] {"http://other.example.com:1", "ftp://127.0.0.1", "a b", null}) {
      platform.accounts.grpcUrl = told;
      var run = deploy();
      assertThat(run.exit()).as(told + run.err()).isZero();
    }
    assertThat(grpc.credentials).isEmpty();
    platform.accounts.grpcUrl = grpc.url();
    user.with("SLIPWAY_GRPC_URL", "off");
    assertThat(deploy().exit()).isZero();
    assertThat(grpc.credentials).as("switched off").isEmpty();
  }

  @Test
  void whereNobodyListensAsToldTheStreamComesOverHttp() throws Exception {
    user.with("SLIPWAY_GRPC_URL", "");
    platform.accounts.grpcUrl = grpc.url();
    grpc.close();
    var run = deploy();
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(askedOverHttp()).isTrue();
  }

  @Test
  void aLogIsFollowed() {
    platform.apps.add("shop", "git");
    grpc.parts.add(new Part(List.of("one", "two"), Status.UNAVAILABLE));
    grpc.parts.add(new Part(List.of("three"), Status.OK));
    var run = user.run("logs", "shop", "-n", "50", "-f");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.lines()).containsExactly("one of 50", "two of 50", "three of 50");
    assertThat(grpc.resumedFrom).containsExactly("", "t-two");
    platform.apps.logConnections.add(
        new LogConnection(
            "id: 9\nevent: log\ndata: {\"message\":\"over http\"}\n\n", Ending.CLOSED));
    var refused = user.run("logs", "shop", "-f");
    assertThat(refused.lines()).containsExactly("over http");
  }
}
