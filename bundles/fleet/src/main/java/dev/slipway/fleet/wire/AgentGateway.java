package dev.slipway.fleet.wire;

import dev.slipway.fleet.AppContainers.AppContainer;
import dev.slipway.fleet.ServerRoutes;
import dev.slipway.fleet.service.Turns;
import dev.slipway.fleet.service.agent.AgentAccess;
import dev.slipway.fleet.service.agent.AgentAccess.Agent;
import dev.slipway.fleet.service.command.CommandFlow;
import dev.slipway.fleet.service.health.HeartbeatIntake;
import dev.slipway.proto.agent.v1.AgentBinaryChunk;
import dev.slipway.proto.agent.v1.AgentServiceGrpc;
import dev.slipway.proto.agent.v1.AppContainerMapping;
import dev.slipway.proto.agent.v1.Command;
import dev.slipway.proto.agent.v1.CommandAck;
import dev.slipway.proto.agent.v1.CommandAckResponse;
import dev.slipway.proto.agent.v1.CommandResult;
import dev.slipway.proto.agent.v1.DownloadAgentBinaryRequest;
import dev.slipway.proto.agent.v1.HeartbeatRequest;
import dev.slipway.proto.agent.v1.HeartbeatResponse;
import dev.slipway.proto.agent.v1.ListServerRoutesRequest;
import dev.slipway.proto.agent.v1.ListServerRoutesResponse;
import dev.slipway.proto.agent.v1.LogAck;
import dev.slipway.proto.agent.v1.LogBatch;
import dev.slipway.proto.agent.v1.ObserveEventRequest;
import dev.slipway.proto.agent.v1.ObserveEventResponse;
import dev.slipway.proto.agent.v1.RouteShare;
import dev.slipway.proto.agent.v1.ServerRoute;
import dev.slipway.proto.agent.v1.SpanAck;
import dev.slipway.proto.agent.v1.SpanBatch;
import dev.slipway.proto.agent.v1.TerminalMessage;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The service that agents dial. Calls run on virtual threads and may block. */
@Component(service = BindableService.class)
public final class AgentGateway implements AgentServiceGrpc.AsyncService, BindableService {
  private static final int HEARTBEATS_AT_A_TIME = 6;
  private static final int HEARTBEATS_WAITING = 1_000;

  private final AgentAccess access;
  private final HeartbeatIntake intake;
  private final CommandFlow flow;
  private final AgentStreams streams;
  private final ServerKnowledge knowledge;
  private final Transfers transfers;
  private final Turns heartbeats = new Turns(HEARTBEATS_AT_A_TIME, HEARTBEATS_WAITING);

  @Activate
  public AgentGateway(
      @Reference AgentAccess access,
      @Reference HeartbeatIntake intake,
      @Reference CommandFlow flow,
      @Reference AgentStreams streams,
      @Reference ServerKnowledge knowledge,
      @Reference Transfers transfers) {
    this.access = access;
    this.intake = intake;
    this.flow = flow;
    this.streams = streams;
    this.knowledge = knowledge;
    this.transfers = transfers;
  }

  /** Every method, those that are not served included, wants a signed-in agent. */
  @Override
  public ServerServiceDefinition bindService() {
    return ServerInterceptors.intercept(
        AgentServiceGrpc.bindService(this), transfers.logs().limits(), new AgentSignIn(access));
  }

  /** What an agent has given up meanwhile it does not hear any more. */
  @Override
  public void heartbeat(HeartbeatRequest beat, StreamObserver<HeartbeatResponse> out) {
    var agent = AgentSignIn.current();
    heartbeats
        .take(
            () ->
                Context.current().isCancelled()
                    ? Optional.<HeartbeatResponse>empty()
                    : Optional.of(heartbeat(agent, beat)))
        .ifPresent(
            answer -> {
              out.onNext(answer);
              out.onCompleted();
            });
  }

  private HeartbeatResponse heartbeat(Agent agent, HeartbeatRequest beat) {
    var known = knowledge.containers(agent);
    var report = Reports.of(agent.serverId(), beat);
    if (intake.take(agent.tenantId(), report, agent.secretHash(), known)) {
      // A signal was lost, or is on its way.
      streams.wake(agent.serverId());
    }
    return HeartbeatResponse.newBuilder()
        .setAccepted(true)
        .setHeartbeatIntervalSeconds(Math.toIntExact(intake.interval().toSeconds()))
        .addAllAppContainers(known.stream().map(AgentGateway::mapping).toList())
        .build();
  }

  @Override
  public StreamObserver<CommandResult> commandStream(StreamObserver<Command> out) {
    return streams.open(AgentSignIn.current(), (ServerCallStreamObserver<Command>) out);
  }

  @Override
  public StreamObserver<LogBatch> pushLogs(StreamObserver<LogAck> out) {
    return transfers.logs().receive(AgentSignIn.current(), out);
  }

  /** Acknowledgements of what never was a row, such as the greeting, are welcome too. */
  @Override
  public void ackCommand(CommandAck ack, StreamObserver<CommandAckResponse> out) {
    var agent = AgentSignIn.current();
    agent.requireSame(ack.getServerId());
    var commandId = AgentText.id(ack.getCommandId());
    if (commandId != null && !streams.isGreeting(agent.serverId(), commandId)) {
      flow.acknowledged(agent.tenantId(), agent.serverId(), commandId);
    }
    out.onNext(CommandAckResponse.getDefaultInstance());
    out.onCompleted();
  }

  @Override
  public void listServerRoutes(
      ListServerRoutesRequest request, StreamObserver<ListServerRoutesResponse> out) {
    var agent = AgentSignIn.current();
    agent.requireSame(request.getServerId());
    out.onNext(
        ListServerRoutesResponse.newBuilder()
            .addAllRoutes(knowledge.routes(agent).stream().map(AgentGateway::route).toList())
            .build());
    out.onCompleted();
  }

  @Override
  public void downloadAgentBinary(
      DownloadAgentBinaryRequest request, StreamObserver<AgentBinaryChunk> out) {
    transfers.programs().send(request, (ServerCallStreamObserver<AgentBinaryChunk>) out);
  }

  @Override
  public StreamObserver<TerminalMessage> terminal(StreamObserver<TerminalMessage> out) {
    return transfers
        .terminals()
        .open(AgentSignIn.current(), (ServerCallStreamObserver<TerminalMessage>) out);
  }

  @Override
  public StreamObserver<SpanBatch> pushSpans(StreamObserver<SpanAck> out) {
    throw unserved("send spans by OTLP over HTTP");
  }

  @Override
  public void forwardObserveEvent(
      ObserveEventRequest request, StreamObserver<ObserveEventResponse> out) {
    out.onError(unserved("events are not taken from agents"));
  }

  private static StatusRuntimeException unserved(String why) {
    return Status.UNIMPLEMENTED.withDescription(why).asRuntimeException();
  }

  private static AppContainerMapping mapping(AppContainer container) {
    var mapping =
        AppContainerMapping.newBuilder()
            .setContainerName(container.containerName())
            .setAppId(container.appId().toString());
    if (container.deploymentId() != null) {
      mapping.setDeploymentId(container.deploymentId().toString());
    }
    return mapping.build();
  }

  private static RouteShare share(ServerRoutes.Share share) {
    return RouteShare.newBuilder()
        .setContainerName(share.containerName())
        .setPort(share.port())
        .setWeight(share.weight())
        .build();
  }

  private static ServerRoute route(ServerRoutes.Route route) {
    var wire =
        ServerRoute.newBuilder()
            .setDomain(route.domain())
            .setContainerName(route.containerName())
            .setPort(route.port())
            .setAppId(route.appId().toString());
    if (route.pathPrefix() != null) {
      wire.setPathPrefix(route.pathPrefix());
    }
    // Agents that know no shares lead all requests to the container.
    route.shares().forEach(share -> wire.addShares(share(share)));
    return wire.build();
  }
}
