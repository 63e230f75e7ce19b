using System.Text;
using System.Text.Json.Nodes;
using KioskLink.Node.StaffSignIn;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.StaffSignIn;

/// <summary>Who comes in at the node's pages, with its register and without.</summary>
public sealed class SignInDeskTests : IAsyncLifetime
{
    private const string Wrong = "something else, quite long";
    private StaffRig _rig = null!;

    public async Task InitializeAsync() => _rig = await StaffRig.StartAsync();

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Fact]
    public async Task Whom_the_register_vouches_for_comes_in_again_by_password_while_it_is_away_and_after_a_restart()
    {
        var with = await _rig.Online().SignInAsync();
        _rig.Away().Restart();

        var without = await _rig.SignInAsync(code: "");

        Assert.Equal((SignInOutcome.SignedIn, true), (with.Outcome, with.Session!.WithRegister));
        Assert.Equal((SignInOutcome.SignedIn, false), (without.Outcome, without.Session!.WithRegister));
        Assert.True(without.Session is { IsTechnician: true, IsLibrarian: false, Actor: "staff 17" });
        Assert.Equal(["staff 17: signs in at the node's pages without the register"], _rig.Acts());
    }

    [Fact]
    public async Task A_stranger_stays_outside_while_the_register_is_away()
    {
        _rig.Away();

        Assert.Equal(SignInOutcome.Refused, (await _rig.SignInAsync()).Outcome);
        Assert.Equal(["a sign-in at the node's pages without the register is refused"], _rig.Acts());
    }

    [Fact]
    public async Task What_the_register_refuses_the_node_does_not_allow_by_what_it_keeps()
    {
        await _rig.Online().SignInAsync();
        _rig.Register.VerifyStaff = _ => new VerifyStaffResponse();

        Assert.Equal(SignInOutcome.Refused, (await _rig.SignInAsync()).Outcome);
    }

    [Fact]
    public async Task Five_wrong_passwords_keep_the_account_out_for_a_quarter_of_an_hour_also_over_a_restart()
    {
        await _rig.Online().SignInAsync();
        _rig.Away();
        for (var attempt = 0; attempt < StaffLimits.GuessesPerAccount; attempt++)
            Assert.Equal(SignInOutcome.Refused, (await _rig.SignInAsync(Wrong)).Outcome);
        _rig.Restart();

        Assert.Equal(SignInOutcome.Refused, (await _rig.SignInAsync()).Outcome);
        _rig.Time.Advance(StaffLimits.GuessWindow);
        Assert.Equal(SignInOutcome.SignedIn, (await _rig.SignInAsync()).Outcome);
        Assert.Equal(SignInOutcome.SignedIn, (await _rig.SignInAsync()).Outcome);
    }

    [Fact]
    public async Task Whoever_tries_without_end_waits_a_minute_whatever_is_typed()
    {
        _rig.Online();
        for (var attempt = 0; attempt < StaffLimits.TriesPerMinute; attempt++)
            await _rig.SignInAsync(Wrong);

        Assert.Equal(SignInOutcome.Busy, (await _rig.SignInAsync()).Outcome);
        Assert.Equal(SignInOutcome.SignedIn, (await _rig.SignInAsync(source: "127.0.0.2")).Outcome);
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(SignInOutcome.SignedIn, (await _rig.SignInAsync()).Outcome);
    }

    [Fact]
    public async Task An_account_that_has_not_signed_in_with_the_register_for_14_days_needs_it_again()
    {
        await _rig.Online().SignInAsync();
        _rig.Away();

        _rig.Time.Advance(StaffLimits.OfflineFor - TimeSpan.FromMinutes(1));
        Assert.Equal(SignInOutcome.SignedIn, (await _rig.SignInAsync()).Outcome);
        _rig.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(SignInOutcome.Refused, (await _rig.SignInAsync()).Outcome);
    }

    [Fact]
    public async Task The_disk_holds_neither_the_name_nor_the_password_nor_anything_that_lengthens_it()
    {
        await _rig.Online().SignInAsync();
        _rig.Away();
        await _rig.SignInAsync(Wrong);

        foreach (var file in new[] { "staff.json", "staff-guesses.json" }.Select(name => File.ReadAllText(_rig.Folder[name])))
            foreach (var secret in new[] { StaffRig.Name, StaffRig.Password, Convert.ToBase64String(Encoding.UTF8.GetBytes(StaffRig.Password)), StaffRig.Code })
                Assert.DoesNotContain(secret, file, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("EndsAtMs")]
    [InlineData("Roles")]
    [InlineData("Ref")]
    public async Task An_account_that_somebody_has_changed_on_the_disk_lets_nobody_in(string field)
    {
        await _rig.Online().SignInAsync();
        var accounts = JsonNode.Parse(await File.ReadAllTextAsync(_rig.Folder["staff.json"]))!;
        accounts[0]![field] = field == "EndsAtMs" ? 1 + (long)accounts[0]![field]! : field == "Roles" ? new JsonArray((int)StaffRole.Administrator) : "18";
        await File.WriteAllTextAsync(_rig.Folder["staff.json"], accounts.ToJsonString());
        _rig.Away().Restart();

        Assert.Equal(SignInOutcome.Refused, (await _rig.SignInAsync()).Outcome);
    }

    [Fact]
    public async Task Whose_duties_have_no_page_here_is_told_so_and_is_not_kept()
    {
        _rig.Word = StaffRig.Vouch(StaffRole.CameraViewer);

        Assert.Equal(SignInOutcome.NoPage, (await _rig.Online().SignInAsync()).Outcome);
        Assert.Equal(SignInOutcome.Refused, (await _rig.Away().SignInAsync()).Outcome);
    }

    [Theory]
    [InlineData(StaffRole.Librarian, false, true)]
    [InlineData(StaffRole.Technician, true, false)]
    [InlineData(StaffRole.Administrator, true, true)]
    public async Task A_person_sees_the_pages_of_the_own_duties(StaffRole role, bool technician, bool librarian)
    {
        _rig.Word = StaffRig.Vouch(role);

        var session = (await _rig.Online().SignInAsync()).Session!;

        Assert.Equal((technician, librarian), (session.IsTechnician, session.IsLibrarian));
    }

    [Fact]
    public async Task An_account_that_the_register_has_locked_is_forgotten_within_seconds_and_its_session_ends()
    {
        var session = (await _rig.Online().SignInAsync()).Session!;
        var key = _rig.Room.Sessions.Open(session);
        var asked = new Inbox<CheckStaffRequest>();
        _rig.Register.CheckStaff = request =>
        {
            asked.Post(request);
            return new CheckStaffResponse { EndedRefs = { StaffRig.Ref } };
        };
        using var stopping = new CancellationTokenSource();

        var watching = _rig.Room.Watch.RunAsync(stopping.Token);

        Assert.Equal(StaffRig.Ref, Assert.Single((await asked.Next("a check")).Marks).AccountRef);
        await Patience.Until(() => _rig.Room.Sessions.Find(key, touch: true) is null, "the session's end");
        Assert.True(session.Ending.IsCancellationRequested);
        Assert.Equal(SignInOutcome.Refused, (await _rig.Away().SignInAsync()).Outcome);
        await stopping.CancelAsync();
        await watching;
    }

    [Fact]
    public async Task A_revoked_node_forgets_everybody()
    {
        var session = (await _rig.Online().SignInAsync()).Session!;
        _rig.Room.Sessions.Open(session);

        _rig.Room.Watch.Wipe();

        Assert.True(session.Ending.IsCancellationRequested);
        Assert.DoesNotContain(StaffRig.Ref, File.ReadAllText(_rig.Folder["staff.json"]), StringComparison.Ordinal);
        Assert.Equal(SignInOutcome.Refused, (await _rig.Away().SignInAsync()).Outcome);
    }

    [Fact]
    public async Task A_session_ends_after_a_quarter_of_an_hour_unused_and_after_eight_hours_at_the_latest()
    {
        var session = (await _rig.Online().SignInAsync()).Session!;
        var key = _rig.Room.Sessions.Open(session);
        for (var passed = TimeSpan.Zero; passed < StaffLimits.SessionMax; passed += StaffLimits.IdleMax)
        {
            Assert.Same(session, _rig.Room.Sessions.Find(key, touch: true));
            _rig.Time.Advance(StaffLimits.IdleMax);
        }
        _rig.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(_rig.Room.Sessions.Find(key, touch: true));
        var other = _rig.Room.Sessions.Open(new StaffSession("x", "1", [], [], true, _rig.Time.GetUtcNow()));
        _rig.Time.Advance(StaffLimits.IdleMax);
        Assert.NotNull(_rig.Room.Sessions.Find(other, touch: false));
        _rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_rig.Room.Sessions.Find(other, touch: false));
    }
}
