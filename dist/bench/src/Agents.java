import com.google.protobuf.ByteString;
import dev.slipway.proto.agent.v1.AgentServiceGrpc;
import dev.slipway.proto.agent.v1.Command;
import dev.slipway.proto.agent.v1.CommandAck;
import dev.slipway.proto.agent.v1.CommandAckResponse;
import dev.slipway.proto.agent.v1.CommandResult;
import dev.slipway.proto.agent.v1.ContainerMetrics;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.HeartbeatResponse;
import dev.slipway.proto.agent.v1.LogAck;
import dev.slipway.proto.agent.v1.LogBatch;
import dev.slipway.proto.agent.v1.LogEntry;
import dev.slipway.proto.agent.v1.SystemMetrics;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Many agents in one process, each with a connection and a stream of its own. They behave as the
 * published one: back-off of 1 s doubling to 30 s without jitter, no memory of what they were told,
 * results on the stream that brought the command or not at all. What was executed is counted
 * outside of them, so that it outlives their deaths.
 *
 * <p>Told what to do by lines on standard input: {@code targets A,B}, {@code kill N}, {@code push
 * SECONDS}, {@code report}, {@code executions FILE}; ends with it.
 */
public final class Agents {
  private static final long LONGEST_PAUSE = 30_000;
  private static final int LINES = 100;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final ExecutorService calls = Executors.newFixedThreadPool(4);
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
  private final List<Agent> agents = new ArrayList<>();
  private final Map<String, Integer> executions = new ConcurrentHashMap<>();
  private final AtomicInteger connected = new AtomicInteger();
  private final AtomicLong heartbeats = new AtomicLong();
  private final AtomicLong failedHeartbeats = new AtomicLong();
  private final AtomicLong lines = new AtomicLong();
  private final AtomicLong pushUntil = new AtomicLong();
  private final HeartbeatRequest beat;
  private final int heartbeatSeconds;
  private final int workMillis;
  private volatile List<String> targets;

  private Agents(String targets, int heartbeatSeconds, int containers, int workMillis) {
    this.targets = List.of(targets.split(","));
    this.heartbeatSeconds = heartbeatSeconds;
    this.workMillis = workMillis;
    var built =
        HeartbeatRequest.newBuilder()
            .setAgentVersion("simulated")
            .setDockerReachable(true)
            .setSystem(
                SystemMetrics.newBuilder()
                    .setOsInfo("Linux")
                    .setArch("x86_64")
                    .setCpuCores(4)
                    .setCpuPercent(12.5)
                    .setMemoryTotalMb(16_000)
                    .setMemoryUsedMb(6_000)
                    .setMemoryAvailableMb(10_000)
                    .setDiskTotalMb(100_000)
                    .setDiskUsedMb(30_000)
                    .setUptimeSeconds(100_000));
    for (var i = 0; i < containers; i++) {
      built.addContainers(
          ContainerMetrics.newBuilder()
              .setContainerId("%064x".formatted(i + 1))
              .setName("deploy-app-shop-" + i)
              .setImage("sha256:%064x".formatted(i + 7))
              .setStatus("running")
              .setCpuPercent(1.5)
              .setMemoryUsedMb(100 + i)
              .setMemoryLimitMb(512)
              .setNetworkRxBytes(1_000_000)
              .setNetworkTxBytes(2_000_000)
              .setStartedAt("2026-11-30T07:44:19.123456789Z"));
    }
    beat = built.build();
  }

  /** Arguments: file of ids and secrets, targets, seconds between heartbeats, containers, work. */
  public static void main(String[] words) throws Exception {
    // Standard output is for answers.
    ((ch.qos.logback.classic.Logger)
            org.slf4j.LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME))
        .setLevel(ch.qos.logback.classic.Level.OFF);
    var all =
        new Agents(
            words[1],
            Integer.parseInt(words[2]),
            Integer.parseInt(words[3]),
            Integer.parseInt(words[4]));
    for (var line : Files.readAllLines(Path.of(words[0]))) {
      var parts = line.split(" ");
      all.agents.add(all.new Agent(parts[0], parts[1]));
    }
    var spread = 0;
    for (var agent : all.agents) {
      // One after the other within a heartbeat, as machines are that were installed at any time.
      var delay = (long) spread++ * all.heartbeatSeconds * 1_000 / all.agents.size();
      all.clock.schedule(agent::begin, delay, TimeUnit.MILLISECONDS);
    }
    all.obey(new BufferedReader(new InputStreamReader(System.in)));
    System.exit(0);
  }

  private void obey(BufferedReader orders) throws IOException {
    for (var line = orders.readLine(); line != null; line = orders.readLine()) {
      var words = line.split(" ");
      switch (words[0]) {
        case "targets" -> targets = List.of(words[1].split(","));
        case "kill" -> kill(Integer.parseInt(words[1]));
        case "push" ->
            push(Long.parseLong(words[1]), words.length > 2 ? Integer.parseInt(words[2]) : 0);
        case "report" -> report();
        case "executions" -> {
          var text = new StringBuilder();
          executions.forEach((id, times) -> text.append(id).append(' ').append(times).append('\n'));
          Files.writeString(Path.of(words[1]), text);
          System.out.println("written");
        }
        default -> throw new IOException("no such order: " + line);
      }
      System.out.flush();
    }
  }

  private void kill(int some) {
    for (var i = 0; i < some; i++) {
      agents.get(ThreadLocalRandom.current().nextInt(agents.size())).die();
    }
  }

  private void push(long seconds, int most) {
    pushUntil.set(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    agents.stream().limit(most == 0 ? agents.size() : most).forEach(Agent::push);
  }

  private void report() {
    System.out.println(
        connected.get()
            + " "
            + heartbeats.get()
            + " "
            + failedHeartbeats.get()
            + " "
            + executions.size()
            + " "
            + lines.get());
  }

  /** One agent through its lives. */
  private final class Agent {
    private final String serverId;
    private final Metadata metadata = new Metadata();
    private Life life;

    Agent(String serverId, String secret) {
      this.serverId = serverId;
      metadata.put(key("server-id"), serverId);
      metadata.put(key("authorization"), "Bearer " + secret);
    }

    private static Metadata.Key<String> key(String name) {
      return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    synchronized void begin() {
      life = new Life(this);
      life.connect();
      life.beat();
    }

    synchronized void die() {
      if (life != null) {
        life.end();
        life = null;
        clock.schedule(
            this::begin, ThreadLocalRandom.current().nextInt(3_000), TimeUnit.MILLISECONDS);
      }
    }

    synchronized void push() {
      if (life != null) {
        life.push();
      }
    }
  }

  /** From the start of an agent to its death. */
  private final class Life {
    private final Agent agent;
    private final AtomicBoolean over = new AtomicBoolean();
    private ManagedChannel channel;
    private AgentServiceGrpc.AgentServiceStub stub;
    private long pause = 1_000;

    Life(Agent agent) {
      this.agent = agent;
    }

    synchronized void connect() {
      if (over.get()) {
        return;
      }
      if (channel != null) {
        channel.shutdownNow();
      }
      var places = targets;
      var place = places.get(ThreadLocalRandom.current().nextInt(places.size())).split(":");
      channel =
          NettyChannelBuilder.forAddress(place[0], Integer.parseInt(place[1]))
              .usePlaintext()
              .eventLoopGroup(loops)
              .channelType(NioSocketChannel.class)
              .executor(calls)
              .flowControlWindow(64 * 1024)
              .disableRetry()
              .maxInboundMessageSize(30 << 20)
              .build();
      stub =
          AgentServiceGrpc.newStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(agent.metadata));
      var commands = new Commands();
      commands.out = stub.commandStream(commands);
    }

    void end() {
      over.set(true);
      channel.shutdownNow();
    }

    /** Waits the current pause also where the stream had been open. */
    void lost() {
      if (!over.get()) {
        clock.schedule(this::connect, pause, TimeUnit.MILLISECONDS);
        pause = Math.min(LONGEST_PAUSE, pause * 2);
      }
    }

    void beat() {
      if (over.get()) {
        return;
      }
      clock.schedule(this::beat, heartbeatSeconds, TimeUnit.SECONDS);
      stub()
          .withDeadlineAfter(10, TimeUnit.SECONDS)
          .heartbeat(beat, new Counting<HeartbeatResponse>(heartbeats, failedHeartbeats));
    }

    private synchronized AgentServiceGrpc.AgentServiceStub stub() {
      return stub;
    }

    /** Batch after batch, each when the one before was accepted. */
    void push() {
      if (over.get() || System.nanoTime() > pushUntil.get()) {
        return;
      }
      var batch = LogBatch.newBuilder().setServerId(agent.serverId);
      var now = System.currentTimeMillis() * 1_000_000;
      for (var i = 0; i < LINES; i++) {
        batch.addEntries(
            LogEntry.newBuilder()
                .setTimestampNs(now + i)
                .setSource("app:deploy-app-shop-1")
                .setLevel("info")
                .setMessage("GET /products/" + (now + i) + " 200 in 12 ms, 5312 bytes to 10.0.0.7")
                .setAppId(agent.serverId)
                .putFields("source_type", "container")
                .putFields("container_name", "deploy-app-shop-1")
                .putFields("stream", "stdout"));
      }
      var out =
          stub()
              .pushLogs(
                  new StreamObserver<>() {
                    @Override
                    public void onNext(LogAck ack) {
                      lines.addAndGet(ack.getReceivedCount());
                    }

                    @Override
                    public void onError(Throwable refused) {
                      clock.schedule(Life.this::push, 1, TimeUnit.SECONDS);
                    }

                    @Override
                    public void onCompleted() {
                      push();
                    }
                  });
      out.onNext(batch.build());
      out.onCompleted();
    }

    private final class Commands implements StreamObserver<Command> {
      private StreamObserver<CommandResult> out;
      private final AtomicBoolean open = new AtomicBoolean();

      @Override
      public void onNext(Command command) {
        if (open.compareAndSet(false, true)) {
          connected.incrementAndGet();
          pause = 1_000;
        }
        stub()
            .withDeadlineAfter(3, TimeUnit.SECONDS)
            .ackCommand(
                CommandAck.newBuilder()
                    .setCommandId(command.getId())
                    .setServerId(agent.serverId)
                    .setPhase("received")
                    .build(),
                new Counting<CommandAckResponse>(new AtomicLong(), new AtomicLong()));
        switch (command.getType()) {
          case COMMAND_TYPE_BOOTSTRAP_SECRETS -> finish(command, "no_cf_token");
          case COMMAND_TYPE_CANCEL_COMMAND -> finish(command, "no such command");
          case COMMAND_TYPE_AGENT_STATUS -> finish(command, "{\"runtime\":\"docker\"}");
          case COMMAND_TYPE_AGENT_PING ->
              finish(
                  command, "{\"agent_time_nanos\":" + System.currentTimeMillis() * 1_000_000 + "}");
          default -> work(command);
        }
      }

      private void work(Command command) {
        executions.merge(command.getId(), 1, Integer::sum);
        clock.schedule(
            () -> finish(command, output(command)),
            ThreadLocalRandom.current().nextInt(Math.max(1, workMillis)),
            TimeUnit.MILLISECONDS);
      }

      /** What an agent says of work that went well. */
      private static String output(Command command) {
        return switch (command.getType()) {
          case COMMAND_TYPE_APP_CLONE -> "/tmp/deploy-build-" + command.getId();
          case COMMAND_TYPE_APP_DETECT_FRAMEWORK -> "{\"name\":\"dockerfile\",\"port\":8080}";
          default -> "done";
        };
      }

      private void finish(Command command, String output) {
        var result =
            CommandResult.newBuilder()
                .setCommandId(command.getId())
                .setStatus("completed")
                .setOutput(ByteString.copyFromUtf8(output))
                .setIsFinal(true)
                .build();
        try {
          synchronized (out) {
            out.onNext(result);
          }
        } catch (RuntimeException streamIsGone) {
          // So is the result.
        }
      }

      @Override
      public void onError(Throwable failure) {
        gone();
      }

      @Override
      public void onCompleted() {
        gone();
      }

      private void gone() {
        if (open.compareAndSet(true, false)) {
          connected.decrementAndGet();
        }
        lost();
      }
    }
  }

  /** An answer of which only matters that it came. */
  private static final class Counting<T> implements StreamObserver<T> {
    private final AtomicLong good;
    private final AtomicLong bad;

    Counting(AtomicLong good, AtomicLong bad) {
      this.good = good;
      this.bad = bad;
    }

    @Override
    public void onNext(T answer) {
      good.incrementAndGet();
    }

    @Override
    public void onError(Throwable failure) {
      bad.incrementAndGet();
    }

    @Override
    public void onCompleted() {}
  }
}
