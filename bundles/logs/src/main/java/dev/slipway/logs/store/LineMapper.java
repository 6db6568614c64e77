package dev.slipway.logs.store;

import dev.slipway.logs.LogLine;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/** Statements on {@code logs_line}. */
public interface LineMapper {
  /**
   * Adds lines, after the units of work that have added any to these apps, so that sequence is the
   * order of commit.
   *
   * @param apps in the same order for all writers
   */
  void insert(@Param("apps") String[] apps, @Param("lines") LineColumns lines);

  /** Lines of a deployment. */
  List<LogLine> ofDeployment(
      @Param("deploymentId") UUID deploymentId,
      @Param("phase") @Nullable String phase,
      @Param("after") long after,
      @Param("limit") int limit);

  /** Lines of an app. */
  List<LogLine> ofApp(@Param("appId") UUID appId, @Param("selection") Selection selection);

  /** Sequence behind which the newest {@code tail} lines of an app stand. */
  long before(
      @Param("appId") UUID appId, @Param("selection") Selection selection, @Param("tail") int tail);

  /** Makes a day's partition where it is missing. */
  List<String> addDay(LocalDate day);

  /** Drops the partitions of the days before, and returns the bytes freed. */
  long dropBefore(LocalDate day);
}
