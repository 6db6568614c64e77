package dev.slipway.deployments.wire;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.slipway.api.event.StoredEvent;
import dev.slipway.api.rest.Sse;
import dev.slipway.deployments.Deployment;
import dev.slipway.logs.LogLine;
import dev.slipway.proto.v1.DeploymentProgress;
import dev.slipway.proto.v1.DeploymentStatus;
import dev.slipway.proto.v1.Event;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the feature speaks of, as messages of the contract. */
final class Messages {
  private Messages() {}

  static dev.slipway.proto.v1.Deployment deployment(Deployment from) {
    var to =
        dev.slipway.proto.v1.Deployment.newBuilder()
            .setId(from.id().toString())
            .setAppId(from.appId().toString())
            .setServerId(from.serverId().toString())
            .setStatus(status(from))
            .setApprovalsRequired(from.approvalsRequired())
            .setCreatedAt(time(from.createdAt()));
    known(from.environmentId(), to::setEnvironmentId);
    known(from.branch(), to::setBranch);
    known(from.commitSha(), to::setCommitSha);
    known(from.image(), to::setImage);
    known(from.releaseName(), to::setReleaseName);
    known(from.rollbackOf(), to::setRollbackOf);
    known(from.previewUrl(), to::setPreviewUrl);
    known(from.errorMessage(), to::setErrorMessage);
    if (from.startedAt() != null) {
      to.setStartedAt(time(from.startedAt()));
    }
    if (from.finishedAt() != null) {
      to.setFinishedAt(time(from.finishedAt()));
    }
    return to.build();
  }

  private static DeploymentStatus status(Deployment from) {
    var name = "DEPLOYMENT_STATUS_" + from.status().name();
    var known = DeploymentStatus.getDescriptor().findValueByName(name);
    return known == null
        ? DeploymentStatus.DEPLOYMENT_STATUS_UNSPECIFIED
        : DeploymentStatus.valueOf(known);
  }

  static DeploymentProgress progress(Sse.Event from) {
    var data = (Map<?, ?>) from.data();
    var to = DeploymentProgress.newBuilder().setResumeToken(from.id());
    known(data.get("deployment_id"), to::setDeploymentId);
    known(data.get("phase"), to::setPhase);
    known(data.get("status"), to::setStatus);
    known(data.get("message"), to::setMessage);
    if (data.get("seq") instanceof Number sequence) {
      to.setSequence(sequence.intValue());
    }
    if (data.get("ts") instanceof Number millis) {
      to.setAt(time(Instant.ofEpochMilli(millis.longValue())));
    }
    if (data.get("percent") instanceof Number percent) {
      to.setPercent(percent.intValue());
    }
    return to.build();
  }

  static dev.slipway.proto.v1.LogLine line(Sse.Event from) {
    var line = (LogLine) from.data();
    var to =
        dev.slipway.proto.v1.LogLine.newBuilder()
            .setResumeToken(from.id())
            .setObservedAt(time(line.observedAt()))
            .setStream(line.stream())
            .setLevel(line.level().name().toLowerCase(Locale.ROOT))
            .setPhase(line.phase().name().toLowerCase(Locale.ROOT))
            .setMessage(line.message());
    known(line.appId(), to::setAppId);
    known(line.deploymentId(), to::setDeploymentId);
    known(line.container(), to::setContainer);
    return to.build();
  }

  static Event event(Sse.Event from) {
    var event = (StoredEvent) from.data();
    return Event.newBuilder()
        .setResumeToken(from.id())
        .setId(event.id().toString())
        .setType(event.type())
        .setSubjectId(event.subjectId().toString())
        .setOccurredAt(time(event.occurredAt()))
        .setData(struct(event.data()))
        .build();
  }

  private static void known(@Nullable Object value, Consumer<String> field) {
    if (value != null) {
      field.accept(value.toString());
    }
  }

  private static Timestamp time(Instant at) {
    return Timestamp.newBuilder().setSeconds(at.getEpochSecond()).setNanos(at.getNano()).build();
  }

  private static Struct struct(Map<?, ?> members) {
    var struct = Struct.newBuilder();
    members.forEach((name, value) -> struct.putFields(Objects.toString(name), value(value)));
    return struct.build();
  }

  private static Value value(@Nullable Object value) {
    return switch (value) {
      case null -> Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
      case Boolean flag -> Value.newBuilder().setBoolValue(flag).build();
      case Number number -> Value.newBuilder().setNumberValue(number.doubleValue()).build();
      case Map<?, ?> members -> Value.newBuilder().setStructValue(struct(members)).build();
      case Iterable<?> items -> Value.newBuilder().setListValue(list(items)).build();
      default -> Value.newBuilder().setStringValue(value.toString()).build();
    };
  }

  private static ListValue list(Iterable<?> items) {
    var list = ListValue.newBuilder();
    items.forEach(item -> list.addValues(value(item)));
    return list.build();
  }
}
