package dev.slipway.billing.store;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;

/** Statements for the business metrics. */
public interface MetricsMapper {
  List<Point> revenue(@Param("from") LocalDate from, @Param("to") LocalDate to);

  List<Point> recurring(@Param("from") LocalDate from, @Param("to") LocalDate to);

  List<Point> dailyUsers(@Param("from") LocalDate from, @Param("to") LocalDate to);

  List<Point> monthlyUsers(@Param("from") LocalDate from, @Param("to") LocalDate to);

  int active(@Param("day") LocalDate day, @Param("users") UUID[] users);

  int forget(@Param("before") LocalDate before);
}
