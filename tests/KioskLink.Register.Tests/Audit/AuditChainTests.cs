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
    public async Task R45_A_gap_over_which_every_later_row_was_linked_anew_is_found_as_a_gap()
    {
        await using var register = await FilledAsync();
        Tamper(register, "DELETE FROM audit WHERE sequence = 3; DELETE FROM audit_subjects WHERE sequence = 3");
        LinkAnew(register);

        var broken = Verify(register).Broken!;

        Assert.Equal((3, $"row 3 is missing: row 4 follows"), (broken.Sequence, broken.Problem));
    }

    [Theory]
    [InlineData("DELETE FROM audit WHERE sequence > 3; DELETE FROM audit_subjects WHERE sequence > 3", 4)]
    [InlineData("DELETE FROM audit; DELETE FROM audit_subjects", 1)]
    [InlineData("DELETE FROM audit; DELETE FROM audit_subjects; DELETE FROM audit_heads", 0)]
    public async Task R45_The_newest_rows_that_are_gone_are_found_before_and_after_the_next_row_and_the_next_start(string cut, int sequence)
    {
        await using var register = await FilledAsync();

        Tamper(register, cut);

        Assert.Equal(sequence, Verify(register).Broken?.Sequence);
        await NoteAsync(register, 9);
        Assert.NotNull(Verify(register).Broken);
        await register.RestartAsync();
        await NoteAsync(register, 9);
        Assert.NotNull(Verify(register).Broken);
    }

    [Fact]
    public async Task R45_Rows_of_the_last_second_that_are_gone_with_the_head_put_back_are_found_after_a_kill()
    {
        await using var register = await FilledAsync(rows: 3);
        var (hash, seal) = Head(register);
        await NoteAsync(register, 4);
        await register.CrashAsync();

        Tamper(register, "DELETE FROM audit WHERE sequence > 3; DELETE FROM audit_subjects WHERE sequence > 3");
        Tamper(register, "UPDATE audit_heads SET sequence = 3, hash = $hash, seal = $seal", ("$hash", hash), ("$seal", seal));

        Assert.Equal(4, Verify(register).Broken?.Sequence);
    }

    [Fact]
    public async Task R45_A_database_put_back_to_its_first_state_without_the_file_beside_it_is_found_and_stays_found()
    {
        await using var register = await TestRegister.StartAsync();
        var (hash, seal) = Head(register);
        for (var subject = 1; subject <= Rows; subject++)
            await NoteAsync(register, subject);

        await register.WithoutRunningAsync(() =>
        {
            Tamper(register, "DELETE FROM audit; DELETE FROM audit_subjects");
            Tamper(register, "UPDATE audit_heads SET sequence = 0, hash = $hash, seal = $seal", ("$hash", hash), ("$seal", seal));
            File.Delete(Path.Combine(register.Folder, HeadFile.Name));
            Assert.Contains(HeadFile.Name, Verify(register).Broken!.Problem, StringComparison.Ordinal);
        });
        await NoteAsync(register, 9);

        Assert.Contains("ANCHOR_MISSING", Verify(register).Broken!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R45_Rows_that_decisions_name_and_that_are_gone_with_every_trace_of_them_are_found()
    {
        await using var register = await TestRegister.StartAsync();
        var (hash, seal) = Head(register);
        var file = await File.ReadAllBytesAsync(Path.Combine(register.Folder, HeadFile.Name));
        var card = await register.PatronAsync("10001", 1);
        await register.EnterAsync(card, attempt: "first");
        await register.NotedAsync("first");

        await register.WithoutRunningAsync(() =>
        {
            Tamper(register, "DELETE FROM audit");
            Tamper(register, "UPDATE audit_heads SET sequence = 0, hash = $hash, seal = $seal", ("$hash", hash), ("$seal", seal));
            File.WriteAllBytes(Path.Combine(register.Folder, HeadFile.Name), file);
            Assert.Equal(1, Verify(register).Broken?.Sequence);
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

        await register.Core.Lane.WriteAsync(scope => new AccessLogRule(register.Core, register.Service<AuditAnchor>()).Remove(scope, cutoff, 0));

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

    [Fact]
    public async Task R42_Whose_data_a_call_touched_goes_on_in_further_rows_where_one_row_is_full()
    {
        await using var register = await TestRegister.StartAsync();
        var all = Enumerable.Range(1, (2 * AuditEntry.SubjectsMax) + 1).Select(number => (long)number).ToList();

        await register.Service<AuditLog>().NoteAsync(AuditEntry.OfJob("everybody", "everybody/asked", "customer-service") with { Subjects = all });

        using var db = register.Core.Store.Read();
        var rows = db.Set<AuditRow>().Where(row => row.Actor == "everybody").OrderBy(row => row.Sequence).ToList();
        Assert.Equal(all, rows.SelectMany(row => row.Subjects.Split(' ')).Select(long.Parse));
        Assert.Equal([1L, 0L, 0L], rows.Select(row => row.Calls));
        Assert.True(Verify(register).IsWhole);
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

    // What somebody can do who knows the program and has not its key.
    private static void LinkAnew(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        var before = AuditHash.Genesis;
        foreach (var row in db.Set<AuditRow>().OrderBy(row => row.Sequence).ToList())
        {
            before = AuditHash.Next(before, row);
            Tamper(register, $"UPDATE audit SET hash = $hash WHERE sequence = {row.Sequence}", ("$hash", before));
        }
    }

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
