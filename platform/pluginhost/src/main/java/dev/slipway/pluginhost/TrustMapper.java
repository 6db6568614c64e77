package dev.slipway.pluginhost;

import dev.slipway.api.plugin.PluginTrust.Key;
import dev.slipway.api.plugin.PluginTrust.RevokedFile;
import java.time.Instant;
import java.util.List;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Insert;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Select;
import org.apache.ibatis.annotations.Update;

/** Statements on {@code pluginhost_key} and {@code pluginhost_revoked_file}. */
public interface TrustMapper {
  /** All keys. */
  @Select(
      """
      select id, name, public_key, added_at, revoked_at, revoked_for from pluginhost_key
      order by added_at, id
      """)
  List<Key> keys();

  /** Adds a key; 0 where it is known. */
  @Insert(
      """
      insert into pluginhost_key (id, name, public_key, added_at)
      values (#{id}, #{name}, #{publicKey}, #{addedAt}) on conflict (id) do nothing
      """)
  int add(Key key);

  /** Forgets a key; 0 where it is not known, or is revoked and so never forgotten. */
  @Delete("delete from pluginhost_key where id = #{id} and revoked_at is null")
  int remove(String id);

  /** Revokes a key for good; 0 where it is not known or is revoked already. */
  @Update(
      """
      update pluginhost_key set revoked_at = #{at}, revoked_for = #{reason}
      where id = #{id} and revoked_at is null
      """)
  int revoke(@Param("id") String id, @Param("reason") String reason, @Param("at") Instant at);

  /** All revoked files. */
  @Select(
      "select digest, reason, revoked_at from pluginhost_revoked_file order by revoked_at, digest")
  List<RevokedFile> files();

  /** Revokes a file; 0 where it is revoked already. */
  @Insert(
      """
      insert into pluginhost_revoked_file (digest, reason, revoked_at)
      values (#{digest}, #{reason}, #{revokedAt}) on conflict (digest) do nothing
      """)
  int addFile(RevokedFile file);

  /** Takes the revocation of a file back. */
  @Delete("delete from pluginhost_revoked_file where digest = #{digest}")
  int removeFile(String digest);
}
