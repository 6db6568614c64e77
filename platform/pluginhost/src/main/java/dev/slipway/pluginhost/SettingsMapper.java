package dev.slipway.pluginhost;

import java.util.Map;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/** Statements on {@code pluginhost_settings}. */
public interface SettingsMapper {
  /** What the operator has set. */
  @Select("select plugin_id, entries from pluginhost_settings where plugin_id = #{plugin}")
  @Nullable Row find(String plugin);

  /** Replaces what the operator has set. */
  @Insert(
      """
      insert into pluginhost_settings (plugin_id, entries)
      values (#{plugin}, #{values,javaType=java.util.Map})
      on conflict (plugin_id) do update set entries = excluded.entries
      """)
  void put(@Param("plugin") String plugin, @Param("values") Map<String, @Nullable Object> values);

  /** Forgets what the operator has set. */
  @Delete("delete from pluginhost_settings where plugin_id = #{plugin}")
  int remove(String plugin);

  /** Values of one plugin, secrets sealed. */
  record Row(String pluginId, Map<String, @Nullable Object> entries) {}
}
