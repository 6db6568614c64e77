package dev.slipway.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.slipway.api.PlatformException;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import java.util.Objects;

/** All that a refusal says, in the form in which gRPC's clients expect it. */
final class Details {
  static final Metadata.Key<com.google.rpc.Status> KEY =
      Metadata.Key.of(
          "grpc-status-details-bin",
          ProtoUtils.metadataMarshaller(com.google.rpc.Status.getDefaultInstance()));

  private static final String DOMAIN = "slipway";

  /** With texts of this length the whole stays well below what clients accept of headers. */
  private static final int MOST_FIELDS = 20;

  private static final int LONGEST = 100;

  private Details() {}

  /**
   * The details of a refusal.
   *
   * @param status as the client gets it besides
   */
  static com.google.rpc.Status of(PlatformException refusal, Status status) {
    var kind = refusal.code().kind();
    var details =
        com.google.rpc.Status.newBuilder()
            .setCode(status.getCode().value())
            .setMessage(Objects.requireNonNullElse(status.getDescription(), ""))
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason(refusal.code().code())
                        .setDomain(DOMAIN)
                        .putMetadata("http_status", Integer.toString(kind.status()))
                        .build()));
    if (!refusal.fields().isEmpty()) {
      details.addDetails(Any.pack(fields(refusal)));
    }
    var wait = refusal.retryAfter();
    if (wait != null) {
      var delay = Duration.newBuilder().setSeconds(wait.toSeconds()).setNanos(wait.getNano());
      details.addDetails(Any.pack(RetryInfo.newBuilder().setRetryDelay(delay).build()));
    }
    return details.build();
  }

  private static BadRequest fields(PlatformException refusal) {
    var faults = BadRequest.newBuilder();
    refusal.fields().stream()
        .limit(MOST_FIELDS)
        .forEach(
            fault ->
                faults
                    .addFieldViolationsBuilder()
                    .setField(cut(fault.field()))
                    .setDescription(cut(fault.message())));
    return faults.build();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
