package dev.slipway.apps.service.runtime;

import dev.slipway.apps.App;
import dev.slipway.apps.ResourceLimits;
import dev.slipway.apps.service.Faults;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Limits as a user wants them. */
public record ResourceLimitsDraft(
    @Nullable Double cpuCores,
    @Nullable Integer memoryMb,
    @Nullable Integer memoryReservationMb,
    @Nullable Integer pidsLimit) {

  static ResourceLimitsDraft of(ResourceLimits limits) {
    return new ResourceLimitsDraft(
        limits.cpuCores(), limits.memoryMb(), limits.memoryReservationMb(), limits.pidsLimit());
  }

  /** Limits of an app that no deployment got yet. */
  ResourceLimits of(App app, int version, Instant now) {
    return new ResourceLimits(
        app.id(),
        version,
        app.tenantId(),
        cpuCores,
        memoryMb,
        memoryReservationMb,
        pidsLimit,
        null,
        now);
  }

  /** Refuses with 400 where something is wrong with them. */
  void check() {
    new Faults()
        .add("cpu_cores", coresFault())
        .add("memory_mb", memoryFault(memoryMb))
        .add("memory_reservation_mb", reservationFault())
        .add("pids_limit", pidsLimit == null || pidsLimit >= 1 ? null : "must be at least 1")
        .raise();
  }

  private @Nullable String coresFault() {
    return cpuCores == null || cpuCores > 0 && cpuCores <= ResourceLimits.MAX_CORES
        ? null
        : "must be above 0 and at most " + ResourceLimits.MAX_CORES;
  }

  private static @Nullable String memoryFault(@Nullable Integer memory) {
    return memory == null
            || memory >= ResourceLimits.MIN_MEMORY && memory <= ResourceLimits.MAX_MEMORY
        ? null
        : "must be between " + ResourceLimits.MIN_MEMORY + " and " + ResourceLimits.MAX_MEMORY;
  }

  private @Nullable String reservationFault() {
    if (memoryReservationMb != null && memoryMb != null && memoryReservationMb > memoryMb) {
      return "must be at most memory_mb";
    }
    return memoryFault(memoryReservationMb);
  }
}
