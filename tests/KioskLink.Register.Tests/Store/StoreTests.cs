using System.Text;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Testing;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Store;

public sealed class StoreTests
{
    [Fact]
    public async Task A_wrong_master_key_is_told_in_one_sentence_and_changes_nothing()
    {
        await using var register = await TestRegister.StartAsync();
        var other = new MasterKey(new byte[MasterKey.Length]);

        var problem = await Assert.ThrowsAsync<StoreProblem>(() =>
            RegisterCore.OpenAsync(register.Folder, other, register.Profile, register.Time));

        Assert.Contains("masterKey", problem.Message, StringComparison.Ordinal);
        Assert.NotNull(register.Core.Index.Branch(TestRegister.Main));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_told_in_one_sentence()
    {
        using var folder = new TempFolder();
        folder.Write(RegisterStore.FileName, new string('x', 4096));

        var problem = await Assert.ThrowsAsync<StoreProblem>(() =>
            RegisterCore.OpenAsync(folder.Path, new MasterKey(new byte[MasterKey.Length]), ProfileReader.Load("lastu"), new VirtualTime()));

        Assert.Contains(RegisterStore.FileName, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_pin_card_number_or_identity_code_stands_in_clear_on_the_disk()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 7, patron => (patron.IdentityCode, patron.DateOfBirth) = ("010594Y9032", "1994-05-01"));
        await register.EnterAsync(card);
        await register.EnterAsync(TestRegister.CardNumber(99), "5550");
        await register.RestartAsync();

        var disk = Encoding.Latin1.GetString(register.EverythingOnDisk());

        Assert.Contains("Koivunen", disk, StringComparison.Ordinal);
        Assert.DoesNotContain(card, disk, StringComparison.Ordinal);
        Assert.DoesNotContain(TestRegister.CardNumber(99), disk, StringComparison.Ordinal);
        Assert.DoesNotContain("010594Y9032", disk, StringComparison.Ordinal);
        Assert.DoesNotContain(TestRegister.Pin, disk, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_the_index_is_what_it_was()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.Loan);
        await register.EnterAsync(card, "0001");
        var (before, head) = (register.Card(card), register.Core.Log.Head);

        await register.RestartAsync();
        var after = register.Card(card);

        Assert.Equal(head, register.Core.Log.Head);
        Assert.Equal(before.Version, after.Version);
        Assert.Equal(before.CommitTime, after.CommitTime);
        Assert.Equal(Facts.StoredCards.Bytes(before), Facts.StoredCards.Bytes(after));
        Assert.Equal(before.Pin!.Sealed, after.Pin!.Sealed);
    }

    [Fact]
    public async Task Guesses_that_stood_with_the_cards_are_counted_where_they_stand_now()
    {
        using var folder = new TempFolder();
        OlderStore.Write(folder[RegisterStore.FileName]);

        await using var core = await RegisterCore.OpenAsync(
            folder.Path, new MasterKey(new byte[MasterKey.Length]), ProfileReader.Load("lastu"), new VirtualTime());

        Assert.Equal(2, core.Index.Card(OlderStore.CardId)!.Facts.Guesses.WrongInRow);
        Assert.Equal(1, core.Index.GuessesOn(OlderStore.Nobodys).WrongInRow);
        Assert.True(Assert.Single(core.Log.ReadAfter(0, 10)!).Priority);
        SqlitePools.Close();
    }

    [Fact]
    public async Task R29_A_code_of_the_console_becomes_the_code_of_its_ban_and_no_other_ban_gets_one()
    {
        using var folder = new TempFolder();
        OlderStore.Write(folder[RegisterStore.FileName]);

        await using var core = await RegisterCore.OpenAsync(
            folder.Path, new MasterKey(new byte[MasterKey.Length]), ProfileReader.Load("lastu"), new VirtualTime());

        await using (var db = core.Store.Read())
        {
            Assert.Equal(
                [("coded", "damage", ""), ("written", "", "broke a window")],
                db.Set<Register.Bans.BanRow>().OrderBy(ban => ban.BanId).AsEnumerable().Select(ban => (ban.BanId, ban.ReasonCode, ban.Reason)));
        }

        SqlitePools.Close();
    }

    [Fact]
    public async Task A_profile_that_changed_while_the_register_was_down_reaches_the_log()
    {
        using var folder = new TempFolder();
        var (key, time, profile) = (new MasterKey(new byte[MasterKey.Length]), new VirtualTime(), ProfileReader.Load("lastu"));
        await using (var core = await RegisterCore.OpenAsync(folder.Path, key, profile, time))
        {
            await new Register.Branches.BranchWriter(core).PutAsync(TestRegister.Branch(TestRegister.Main), CancellationToken.None);
        }

        var older = profile with { SelfService = profile.SelfService with { MinimumAge = 18 } };
        await using var after = await RegisterCore.OpenAsync(folder.Path, key, older, time);

        Assert.Equal(2, after.Log.Head.Version);
        Assert.Equal(18, after.Index.Branch(TestRegister.Main)!.Policy.MinimumAge);
        SqlitePools.Close();
    }
}
