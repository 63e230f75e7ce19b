using System.Text;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using KioskLink.Register.Tests.Running;
using KioskLink.Register.Tests.Store;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Rights;

/// <summary>A database restored from an older copy erases again whom it had erased since.</summary>
public sealed class RestoredCopyTests
{
    private const string Code = "010594Y9032";

    [Fact]
    public async Task R75_A_restored_copy_erases_again_whom_the_register_had_erased_since()
    {
        await using var register = await TestRegister.StartAsync();
        using var copy = new TempFolder();
        await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth) = (Code, "1994-05-01"));
        await register.PatronAsync("20002", 2, patron => (patron.Surname, patron.FirstNames) = ("Mallinen", "Toinen"));
        await register.WithoutRunningAsync(() => Copy(register.Folder, copy.Path));
        await EraseAsync(register, "10001");

        await register.WithoutRunningAsync(() => Copy(copy.Path, register.Folder));
        Assert.Equal(["10001", "20002"], Customers(register));
        Assert.Equal(1, await register.Service<ErasureReplay>().RunAsync(CancellationToken.None));

        Assert.Equal(["20002"], Customers(register));
        Assert.DoesNotContain("Koivunen", Encoding.Latin1.GetString(register.EverythingOnDisk()), StringComparison.Ordinal);
        await using var db = register.Core.Store.Read();
        Assert.True(register.Service<ErasedMarks>().Holds(db, (ErasedKind.Identity, Code)));
        Assert.Equal(ErasureReplay.Rule, db.Set<ErasureRow>().Single().Reason);
        Assert.Equal(0, await register.Service<ErasureReplay>().RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task R75_A_restored_copy_erases_again_a_person_who_answered_for_a_patron()
    {
        await using var register = await TestRegister.StartAsync();
        using var copy = new TempFolder();
        await register.PatronAsync("10001", 1, patron => patron.Responsible = new ResponsiblePersons { Persons = { new ResponsiblePerson { Surname = "Huoltajanen" } } });
        await register.WithoutRunningAsync(() => Copy(register.Folder, copy.Path));
        await EraseAsync(register, "", "1");

        await register.WithoutRunningAsync(() => Copy(copy.Path, register.Folder));
        Assert.Equal(1, await register.Service<ErasureReplay>().RunAsync(CancellationToken.None));

        await using var db = register.Core.Store.Read();
        Assert.Empty(db.Set<Register.Responsibles.ResponsiblePersonRow>());
        Assert.Equal("10001", db.Set<PatronRow>().Single().CustomerId);
    }

    [Fact]
    public async Task R75_Who_came_back_after_the_erasure_is_not_erased_by_the_list()
    {
        await using var register = await TestRegister.StartAsync();
        using var copy = new TempFolder();
        await register.PatronAsync("10001", 1);
        await EraseAsync(register, "10001");
        register.Time.Advance(TimeSpan.FromDays(1));
        await register.PatronAsync("10001", 1);

        await register.RestartAsync();
        Assert.Equal(0, await register.Service<ErasureReplay>().RunAsync(CancellationToken.None));
        await register.RestartAsync();
        Assert.Equal(0, await register.Service<ErasureReplay>().RunAsync(CancellationToken.None));

        Assert.Equal(["10001"], Customers(register));
        await using var db = register.Core.Store.Read();
        Assert.False(register.Service<ErasedMarks>().Holds(db, (ErasedKind.Customer, "10001")));
    }

    [Fact]
    public async Task R75_The_list_of_erasures_holds_nothing_by_which_anybody_is_found()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1, patron => (patron.IdentityCode, patron.DateOfBirth) = (Code, "1994-05-01"));
        await EraseAsync(register, "10001");

        var list = Path.Combine(register.Folder, ErasureList.FileName);
        var text = await File.ReadAllTextAsync(list);

        Assert.All(["Koivunen", "10001", card, Code], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.Equal(3, register.Service<ErasureList>().Read().Single().Marks.Count);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(list));
    }

    [Fact]
    public async Task R75_The_running_register_erases_again_by_itself_at_its_start()
    {
        using var folder = new TempFolder();
        using var copy = new TempFolder();
        await using (var first = await RunningRegister.StartAsync(folder: folder))
        {
            await first.AddPatronAsync(1);
        }

        Copy(folder["register"], copy.Path);
        await using (var second = await RunningRegister.StartAsync(folder: folder))
        {
            var rights = new DataSubjectService.DataSubjectServiceClient(second.Admin);
            var asked = await rights.OpenRequestAsync(new OpenRequestRequest { CustomerId = "c1", Kind = RequestKind.Erase, Channel = "desk", IdentifiedBy = "in-person-id-document" });
            Assert.True((await rights.EraseSubjectAsync(new EraseSubjectRequest { RequestId = asked.Request.Id, Reason = "on request" })).Erased);
        }

        Copy(copy.Path, folder["register"]);
        await using var restored = await RunningRegister.StartAsync(folder: folder);

        await using var db = restored.Core.Store.Read();
        Assert.Empty(db.Set<PatronRow>());
    }

    private static async Task EraseAsync(TestRegister register, string customer, string person = "")
    {
        var rights = register.Service<Register.Rights.DataSubjectService>();
        var asked = await rights.OpenRequest(
            new OpenRequestRequest { CustomerId = customer, PersonId = person, Kind = RequestKind.Erase, Channel = "desk", IdentifiedBy = "in-person-id-document" },
            TestCall.Admin());
        Assert.True((await rights.EraseSubject(new EraseSubjectRequest { RequestId = asked.Request.Id, Reason = "on request" }, TestCall.Admin())).Erased);
    }

    private static List<string> Customers(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<PatronRow>().Select(row => row.CustomerId).Order()];
    }

    // The database alone, as a backup has it.
    private static void Copy(string from, string to)
    {
        SqlitePools.Close();
        foreach (var old in Directory.EnumerateFiles(to, RegisterStore.FileName + "*"))
        {
            File.Delete(old);
        }

        foreach (var file in Directory.EnumerateFiles(from, RegisterStore.FileName + "*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
