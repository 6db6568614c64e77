package dev.slipway.apps.store;

import dev.slipway.apps.Project;
import java.util.List;
import java.util.UUID;
import org.apache.ibatis.annotations.Param;
import org.jspecify.annotations.Nullable;

/**
 * Statements on {@code apps_project}; none of the standard ones, because every row comes with its
 * count.
 */
public interface ProjectMapper extends Slugs {
  @Nullable Project find(@Param("id") UUID id);

  @Nullable UUID lock(@Param("id") UUID id);

  List<Project> list(
      @Param("search") @Nullable String search,
      @Param("limit") int limit,
      @Param("offset") int offset);

  long count(@Param("search") @Nullable String search);

  void insert(Project project);

  int update(Project project);

  int delete(@Param("id") UUID id);
}
