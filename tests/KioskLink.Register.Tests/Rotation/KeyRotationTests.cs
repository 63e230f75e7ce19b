using KioskLink.Protos.Register.V1;
using KioskLink.Register.Applications;
using KioskLink.Register.Cards;
using KioskLink.Register.Nodes;
using KioskLink.Register.Permissions;
using KioskLink.Register.Rotation;
using KioskLink.Register.Store;
using KioskLink.Register.Tests.Applications;
using KioskLink.Testing;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Rotation;

/// <summary>A stopped register gets a new master key; a kill at any moment only means to run it again.</summary>
public sealed class KeyRotationTests : IDisposable
{
    private const int Patrons = 5;
    private const int BatchRows = 2;

    private readonly TempFolder _keys = new();

    private KeyFiles Files => new(_keys["master.key"]);

    public void Dispose() => _keys.Dispose();

    [Fact]
    public async Task After_a_rotation_cards_pins_badges_guesses_and_identity_codes_are_what_they_were()
    {
        await using var register = await FilledAsync();
        var head = register.Core.Log.Head;

        await register.WithoutRunningAsync(() => Rotate(register));

        Assert.Equal(head, register.Core.Log.Head);
        await HoldsWhatItHeldAsync(register);
    }

    [Fact]
    public async Task A_rotation_that_is_killed_after_any_batch_goes_on_and_ends_the_same()
    {
        await using var register = await FilledAsync();
        var kills = 0;
        await register.WithoutRunningAsync(() =>
        {
            while (!RunUntilKilled(register))
            {
                kills++;
                var problem = Assert.Throws<StoreProblem>(() => RegisterStore.Open(register.Folder, KeyFiles.Read(Files.InForce), "lastu", register.Time));
                Assert.Contains("rotate-key", problem.Message, StringComparison.Ordinal);
            }
        });

        Assert.Equal(10, kills);
        await HoldsWhatItHeldAsync(register);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_kill_before_or_after_the_key_files_are_exchanged_only_means_to_run_it_again(bool exchanged)
    {
        await using var register = await FilledAsync();
        await register.WithoutRunningAsync(() =>
        {
            for (var batches = 0; batches < 100 && !IsSealed(register); batches++)
            {
                RunUntilKilled(register);
            }

            if (exchanged)
            {
                Files.Exchange();
            }

            Rotate(register);
        });

        await HoldsWhatItHeldAsync(register);
    }

    [Fact]
    public async Task Nothing_on_the_disk_opens_with_the_old_key_afterwards_and_the_old_key_is_kept_beside_it()
    {
        await using var register = await FilledAsync();
        var old = KeyFiles.Read(Files.InForce);
        var before = Convert.ToHexString(register.EverythingOnDisk());
        var secrets = Sealed(register);
        Assert.All(secrets, secret => Assert.Contains(Convert.ToHexString(secret), before, StringComparison.Ordinal));

        await register.WithoutRunningAsync(() => Rotate(register));

        var after = Convert.ToHexString(register.EverythingOnDisk());
        Assert.All(secrets, secret => Assert.DoesNotContain(Convert.ToHexString(secret), after, StringComparison.Ordinal));
        Assert.Equal(old.Id, KeyFiles.Read(Files.Before).Id);
        Assert.NotEqual(old.Id, KeyFiles.Read(Files.InForce).Id);
        Assert.False(File.Exists(Files.Next));
        Assert.All([Files.Before, Files.InForce], file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task A_second_rotation_waits_until_the_key_before_the_first_is_taken_away()
    {
        await using var register = await FilledAsync();
        await register.WithoutRunningAsync(() =>
        {
            Rotate(register);
            Assert.Contains(Files.Before, Assert.Throws<StoreProblem>(() => Rotate(register)).Message, StringComparison.Ordinal);
            File.Delete(Files.Before);
            Rotate(register);
        });

        await HoldsWhatItHeldAsync(register);
    }

    [Fact]
    public async Task A_key_that_is_not_the_registers_begins_no_rotation()
    {
        await using var register = await FilledAsync();
        await register.WithoutRunningAsync(() =>
        {
            var right = File.ReadAllText(Files.InForce);
            File.WriteAllText(Files.InForce, Convert.ToBase64String(new byte[MasterKey.Length]));
            Assert.Contains("does not open this database", Assert.Throws<StoreProblem>(() => Rotate(register)).Message, StringComparison.Ordinal);
            Assert.False(File.Exists(Files.Next));
            File.WriteAllText(Files.InForce, right);
        });

        await HoldsWhatItHeldAsync(register);
    }

    [Fact]
    public async Task A_next_key_that_is_gone_in_the_middle_is_asked_for_by_name()
    {
        await using var register = await FilledAsync();
        await register.WithoutRunningAsync(() =>
        {
            RunUntilKilled(register);
            File.Move(Files.Next, _keys["elsewhere"]);
            Assert.Contains(Files.Next, Assert.Throws<StoreProblem>(() => Rotate(register)).Message, StringComparison.Ordinal);
            File.Move(_keys["elsewhere"], Files.Next);
            Rotate(register);
        });

        await HoldsWhatItHeldAsync(register);
    }

    [Fact]
    public async Task The_guesses_on_a_number_that_nobody_has_are_forgotten_since_its_index_cannot_be_made_anew()
    {
        await using var register = await FilledAsync();
        await register.EnterAsync(TestRegister.CardNumber(99), "0001");

        await register.WithoutRunningAsync(() => Rotate(register));

        await using var db = register.Core.Store.Read();
        Assert.All(db.Set<GuessRow>(), row => Assert.NotEqual(0, row.CardId));
    }

    private static bool IsSealed(TestRegister register)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(register.Folder, RegisterStore.FileName)}");
        using var db = RegisterDb.On(connection);
        return db.Set<RotationRow>().Any(row => row.Sealed);
    }

    private long Rotate(TestRegister register) => KeyRotation.Run(register.Folder, Files, "lastu", register.Time, _ => { }, BatchRows);

    /// <summary>Rotates one batch further; true when that was the end.</summary>
    private bool RunUntilKilled(TestRegister register)
    {
        try
        {
            KeyRotation.Run(register.Folder, Files, "lastu", register.Time, _ => throw new Killed(), BatchRows);
            return true;
        }
        catch (Killed)
        {
            return false;
        }
    }

    private async Task<TestRegister> FilledAsync()
    {
        var register = await TestRegister.StartAsync(keyFile: Files.InForce);
        for (var n = 1; n <= Patrons; n++)
        {
            await register.PatronAsync($"{n}", n, patron => (patron.IdentityCode, patron.DateOfBirth) = n == 1 ? ("010594Y9032", "1994-05-01") : ("", "1990-05-01"));
        }

        await register.EnterAsync(TestRegister.CardNumber(2), "0001");
        var badge = new Wire.Badge { BadgeRef = "guard-1", Role = Wire.BadgeRole.Guard };
        await register.Permissions.UpsertBadge(new UpsertBadgeRequest { Badge = badge, CardNumber = TestRegister.CardNumber(50) }, TestCall.Admin());
        await register.Core.Lane.WriteAsync(scope => scope.Db.Add(new NodeRow
        {
            Consortium = "lastu",
            NodeId = "front",
            BranchId = TestRegister.Main,
            SealedKey = register.Core.Store.Vault.Seal(new byte[32], NodeDirectory.KeyBinding("front")),
        }));
        await new ApplicationDesk(register).SubmitAsync(ApplicationDesk.Adult(applicant => applicant.IdentityCode = ApplicationDesk.OtherCode));
        await register.SettledAsync();
        return register;
    }

    private static async Task HoldsWhatItHeldAsync(TestRegister register)
    {
        for (var n = 1; n <= Patrons; n++)
        {
            Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(n))).Code);
        }

        Assert.Equal(GrantedBadge, (await register.EnterAsync(TestRegister.CardNumber(50), pin: "")).Code);
        Assert.Single(register.Card(TestRegister.CardNumber(2)).Facts.Guesses.WrongTimes);
        Assert.False(register.Service<NodeDirectory>().Find("front")!.Revoked);
        var patron = (await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = "1" }, TestCall.Admin())).Patron;
        Assert.Equal(("010594Y****", TestRegister.CardNumber(1)), (patron.IdentityCode, patron.Cards[0].CardNumber));
        await Refusals.RefusedAsync(Grpc.Core.StatusCode.AlreadyExists, "IDENTITY_TAKEN", () => register.PatronAsync(
            "9", 9, twin => (twin.IdentityCode, twin.DateOfBirth) = ("010594Y9032", "1994-05-01")));
        var known = await new ApplicationDesk(register).SubmitAsync(ApplicationDesk.Adult(applicant => applicant.IdentityCode = ApplicationDesk.OtherCode));
        Assert.Equal((true, "Mallinen"), (known.Known, known.Application.Applicant.Surname));
    }

    /// <summary>Everything that the old key sealed or indexed.</summary>
    private static List<byte[]> Sealed(TestRegister register)
    {
        using var db = register.Core.Store.Read();
        return
        [
            .. db.Set<CardRow>().AsEnumerable().SelectMany(row => new[] { row.SealedNumber, row.NumberIndex }),
            .. db.Set<PinRow>().Select(row => row.Sealed),
            .. db.Set<BadgeRow>().AsEnumerable().SelectMany(row => new[] { row.SealedNumber, row.NumberIndex }),
            .. db.Set<Register.Patrons.PatronRow>().Where(row => row.IdentityCode != null).AsEnumerable().SelectMany(row => new[] { row.IdentityCode!, row.IdentityIndex! }),
            .. db.Set<ApplicationRow>().AsEnumerable().SelectMany(row => new[] { row.Sealed, row.ContentIndex, row.IdentityIndex! }),
            .. db.Set<NodeRow>().Select(row => row.SealedKey),
            .. db.Set<RegisterRow>().Select(row => row.KeyCheck),
        ];
    }

    private sealed class Killed : Exception;
}
