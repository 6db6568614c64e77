package dev.slipway.apps.resource.file;

import dev.slipway.apps.file.Change;
import dev.slipway.apps.file.Plan;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What files do to apps, as clients see it. */
public final class AppFilePayloads {
  private AppFilePayloads() {}

  /**
   * A difference.
   *
   * @param path in the file, members joined by dots
   * @param from null where it is added
   * @param to null where it is removed
   * @param note what its values do not tell, such as what becomes of data
   */
  public record ChangeView(
      Change.Action action,
      String path,
      @Nullable Object from,
      @Nullable Object to,
      @Nullable String note) {
    static ChangeView of(Change change) {
      return new ChangeView(
          change.action(), change.path(), change.from(), change.to(), change.note());
    }
  }

  /** What stands in the way of a part of the file. */
  public record ConflictView(String path, String code, String message) {
    static ConflictView of(Plan.Conflict conflict) {
      return new ConflictView(conflict.path(), conflict.code(), conflict.message());
    }
  }

  /**
   * What a file would do.
   *
   * @param app the slug
   * @param appId null where there is no such app yet
   * @param fingerprint of the state that was seen, to be sent when the file is applied
   * @param valuesNeeded paths of secrets that are not set yet; the file is applied without them
   */
  public record PlanAnswer(
      String app,
      @Nullable UUID appId,
      String fingerprint,
      List<ChangeView> changes,
      List<String> valuesNeeded,
      List<ConflictView> conflicts) {
    static PlanAnswer of(Plan plan) {
      return new PlanAnswer(
          plan.slug(),
          plan.appId(),
          plan.fingerprint(),
          plan.changes().stream().map(ChangeView::of).toList(),
          plan.valuesNeeded(),
          plan.conflicts().stream().map(ConflictView::of).toList());
    }
  }

  /**
   * What a file did.
   *
   * @param app the slug
   * @param valuesNeeded paths of secrets that are not set yet
   */
  public record AppliedAnswer(
      String app, UUID appId, List<ChangeView> changes, List<String> valuesNeeded) {
    static AppliedAnswer of(Plan done) {
      return new AppliedAnswer(
          done.slug(),
          Objects.requireNonNull(done.appId()),
          done.changes().stream().map(ChangeView::of).toList(),
          done.valuesNeeded());
    }
  }
}
