using KioskLink.Register.Audit;
using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using Microsoft.Data.Sqlite;

namespace KioskLink.Register.Tests.Audit;

/// <summary>Nobody changes the log of who did what unseen (R45), whether the register runs or not.</summary>
public sealed class AuditChainTests
{
    private const int Rows = 6;

    [Fact]
    public async Task R45_An_untouched_chain_is_whole_and_has_no_gap()
    {
        await using var register = await FilledAsync();

        var verdict = Verify(register);

        Assert.Null(verdict.Broken);
        Assert.Equal((Rows, 1, Rows), (verdict.Rows, verdict.First, verdict.Last));
        await register.RestartAsync();
        await NoteAsync(register, 7);
        Assert.Equal((true, Rows + 1), (Verify(register).IsWhole, Verify(register).Rows));
    }

    [Theory]
    [InlineData("at = at + 1")]
    [InlineData("actor = 'somebody else'")]
    [InlineData("role = 'librarian'")]
    [InlineData("action = 'BanService/ListBans'")]
    [InlineData("purpose = 'statistics'")]
    [InlineData("subjects = '77'")]
    [InlineData("subjects = ''")]
    [InlineData("fields = 'contact'")]
    [InlineData("device = 'desk-2'")]
    [InlineData("result = 'NOT_FOUND'")]
    [InlineData("reason = 'x'")]
    [InlineData("calls = 2")]
    [InlineData("digest = X'00'")]
    [InlineData("hash = zeroblob(32)")]
    public async Task R45_A_row_with_any_field_altered_is_found(string change)
    {
        await using var register = await FilledAsync();

        Tamper(register, $"UPDATE audit SET {change} WHERE sequence = 4");

        Assert.Equal(4, Verify(register).Broken?.Sequence);
    }

    [Fact]
    public async Task R45_An_altered_row_whose_hash_was_made_to_fit_is_found_at_the_next_row()
    {
        await using var register = await FilledAsync();
        using (var db = register.Core.Store.Read())
        {
            var rows = db.Set<AuditRow>().OrderBy(row => row.Sequence).ToList();
            var forged = rows[3] with { Actor = "somebody else" };
            Tamper(
                register, "UPDATE audit SET actor = 'somebody else', hash = $hash WHERE sequence = 4", ("$hash", AuditHash.Next(rows[2].Hash, forged)));
        }

        Assert.Equal(5, Verify(register).Broken?.Sequence);
    }

    [Fact]
    public async Task R45_A_removed_row_is_found_and_closing_the_gap_does_not_hide_it()
    {
        await using var register = await FilledAsync();

        Tamper(register, "DELETE FROM audit WHERE sequence = 3; DELETE FROM audit_subjects WHERE sequence = 3");
        Assert.Equal(3, Verify(register).Broken?.Sequence);

        for (var sequence = 4; sequence <= Rows; sequence++)
            Tamper(register, $"UPDATE audit SET sequence = {sequence - 1} WHERE sequence = {sequence}");
        Assert.Equal(3, Verify(register).Broken?.Sequence);
    }

    [Fact]
    public async Task R45_Two_rows_that_changed_places_are_found()
    {
        await using var register = await FilledAsync();

        Tamper(
            register,
            "UPDATE audit SET sequence = 1000 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 5; UPDATE audit SET sequence = 5 WHERE sequence = 1000");

        Assert.Equal(2, Verify(register).Broken?.Sequence);
    }

    [Fact]
    public async Task R45_A_tail_that_was_cut_off_is_found_even_where_the_head_was_put_back_with_it()
    {
        await using var register = await FilledAsync(rows: 3);
        var (hash, seal) = Head(register);
        for (var subject = 4; subject <= Rows; subject++)
            await NoteAsync(register, subject);

        await register.WithoutRunningAsync(() =>
        {
            Tamper(register, "DELETE FROM audit WHERE sequence > 3; DELETE FROM audit_subjects WHERE sequence > 3");
            Assert.Contains("cut off", Verify(register).Broken!.Problem, StringComparison.Ordinal);
            Tamper(register, "UPDATE audit_heads SET sequence = 3, hash = $hash, seal = $seal", ("$hash", hash), ("$seal", seal));
            Assert.Equal(4, Verify(register).Broken?.Sequence);
        });
    }

    [Fact]
    public async Task R45_A_tail_that_was_cut_off_is_found_by_the_head_alone_where_the_file_beside_the_database_is_gone_too()
    {
        await using var register = await FilledAsync();

        await register.WithoutRunningAsync(() =>
        {
            Tamper(register, "DELETE FROM audit WHERE sequence > 3; DELETE FROM audit_subjects WHERE sequence > 3");
            File.Delete(Path.Combine(register.Folder, HeadFile.Name));
            Assert.Equal(4, Verify(register).Broken?.Sequence);
        });
    }

    [Fact]
    public async Task R45_What_is_written_after_a_cut_does_not_heal_it()
    {
        await using var register = await FilledAsync();
        await register.WithoutRunningAsync(() =>
        {
            Tamper(register, "DELETE FROM audit WHERE sequence > 3; DELETE FROM audit_subjects WHERE sequence > 3");
            Tamper(register, "UPDATE audit_heads SET sequence = 3, hash = (SELECT hash FROM audit WHERE sequence = 3)");
        });

        await NoteAsync(register, 9);

        Assert.Contains("tampered", Verify(register).Broken!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R45_An_index_that_hides_whose_data_was_read_is_found()
    {
        await using var register = await FilledAsync();

        Tamper(register, "DELETE FROM audit_subjects WHERE subject = 2");

        Assert.Equal(2, Verify(register).Broken?.Sequence);
    }

    [Fact]
    public async Task R45_A_decision_that_was_altered_is_found_and_one_that_retention_deleted_is_only_counted()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.EnterAsync(card, attempt: "first");
        await register.NotedAsync("first");
        await register.EnterAsync(card, attempt: "second");
        await register.NotedAsync("second");
        Assert.Equal((true, 2), (Verify(register).IsWhole, Verify(register).Decisions));

        Tamper(register, "UPDATE attempts SET register_code = register_code + 1 WHERE attempt_id = 'second'");
        Assert.Contains("decision", Verify(register).Broken!.Problem, StringComparison.Ordinal);

        Tamper(register, "DELETE FROM attempts WHERE attempt_id = 'second'");
        Assert.Equal((true, 1, 1), (Verify(register).IsWhole, Verify(register).Decisions, Verify(register).DecisionsDeleted));
    }

    [Fact]
    public async Task R45_Rows_that_their_retention_rule_deleted_leave_a_chain_that_begins_later_and_is_whole()
    {
        await using var register = await FilledAsync(rows: 3);
        register.Time.Advance(TimeSpan.FromMinutes(1));
        var cutoff = register.Now.ToUnixTimeMilliseconds();
        for (var subject = 4; subject <= Rows; subject++)
            await NoteAsync(register, subject);

        await register.Core.Lane.WriteAsync(scope => new AccessLogRule(register.Core).Remove(scope, cutoff, 0));

        Assert.Equal((true, 3, 4, Rows), (Verify(register).IsWhole, Verify(register).Rows, Verify(register).First, Verify(register).Last));
        Tamper(register, "DELETE FROM audit WHERE sequence = 4; DELETE FROM audit_subjects WHERE sequence = 4");
        Assert.Equal(4, Verify(register).Broken?.Sequence);
    }

    [Fact]
    public async Task R45_Rows_that_are_noted_at_once_stand_in_one_chain()
    {
        await using var register = await TestRegister.StartAsync();

        await Task.WhenAll(Enumerable.Range(1, 500).Select(subject => Task.Run(() => NoteAsync(register, subject))));

        Assert.Equal((true, 500), (Verify(register).IsWhole, Verify(register).Rows));
    }

    private static async Task<TestRegister> FilledAsync(int rows = Rows)
    {
        var register = await TestRegister.StartAsync();
        for (var subject = 1; subject <= rows; subject++)
            await NoteAsync(register, subject);
        return register;
    }

    private static Task NoteAsync(TestRegister register, long subject) => register.Service<AuditLog>().NoteAsync(new AuditEntry
    {
        Actor = "virkailija",
        Role = "administrator",
        Action = "PatronService/GetPatron",
        Purpose = "customer-service",
        Subjects = [subject],
        Fields = "core",
        Device = "desk-1",
    });

    private static AuditVerdict Verify(TestRegister register) => new AuditVerifier(register.Core).Verify(CancellationToken.None);

    private static (byte[] Hash, byte[] Seal) Head(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        var head = db.Set<AuditHeadRow>().Single();
        return (head.Hash, head.Seal);
    }

    private static void Tamper(TestRegister register, string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(register.Folder, RegisterStore.FileName)};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        Assert.True(command.ExecuteNonQuery() > 0);
    }
}
