package dev.slipway.pluginhost;

import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;

/** Statements on {@code pluginhost_grant}. */
public interface GrantMapper {
  /** What was granted to all plugins. */
  @Select("select plugin_id, permissions from pluginhost_grant")
  List<Row> all();

  /** Replaces what is granted to one. */
  @Insert(
      """
      insert into pluginhost_grant (plugin_id, permissions)
      values (#{plugin}, #{permissions,javaType=java.util.List})
      on conflict (plugin_id) do update set permissions = excluded.permissions
      """)
  void put(@Param("plugin") String plugin, @Param("permissions") List<String> permissions);

  /** Takes everything back. */
  @Delete("delete from pluginhost_grant where plugin_id = #{plugin}")
  int remove(String plugin);

  /** What is granted to one plugin. */
  record Row(String pluginId, List<String> permissions) {}
}
