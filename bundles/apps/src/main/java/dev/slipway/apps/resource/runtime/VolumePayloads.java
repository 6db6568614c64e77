package dev.slipway.apps.resource.runtime;

import dev.slipway.apps.Volume;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Volumes as clients see them. */
public final class VolumePayloads {
  private VolumePayloads() {}

  /** A new volume. */
  public record Create(
      @NotNull @Size(min = 1, max = 32) String name,
      @NotNull @Size(min = 2, max = 255) String mountPath) {}

  /**
   * A folder that outlives deployments.
   *
   * @param variable tells the app where it is, on every kind of server
   */
  public record View(
      UUID id,
      UUID appId,
      String name,
      String mountPath,
      String variable,
      @Nullable UUID createdBy,
      Instant createdAt) {

    static View of(Volume volume) {
      return new View(
          volume.id(),
          volume.appId(),
          volume.name(),
          volume.mountPath(),
          volume.variable(),
          volume.createdBy(),
          volume.createdAt());
    }
  }

  public record VolumeAnswer(View volume) {
    static VolumeAnswer of(Volume volume) {
      return new VolumeAnswer(View.of(volume));
    }
  }

  public record VolumesAnswer(List<View> volumes) {
    static VolumesAnswer of(List<Volume> volumes) {
      return new VolumesAnswer(volumes.stream().map(View::of).toList());
    }
  }
}
