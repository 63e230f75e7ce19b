using KioskLink.Circulation.Machines;
using KioskLink.Sip2;
using KioskLink.Sip2.Circulation;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>Who may log in, and who guesses.</summary>
public sealed class MachineLoginTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly MachineLogins _logins;

    public MachineLoginTests() => _logins = new MachineLogins(
        new Sip2Config { Passwords = MachineHall.PasswordFile(_folder, """{ "kiosk1": "s3cret" }"""), Machines = [MachineHall.SelfCheck, new MachineConfig { Login = "gate" }] }, "FI-X", _time);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("kiosk1", "s3cret", true)]
    [InlineData("kiosk1", "S3cret", false)]
    [InlineData("kiosk2", "s3cret", false)]
    [InlineData("gate", "s3cret", false)]
    public void A_login_needs_its_own_password(string login, string password, bool may) => Assert.Equal(may, LogIn(login, password));

    [Fact]
    public void Whoever_guesses_too_often_is_not_compared_for_a_while_and_others_notice_nothing()
    {
        for (var guess = 0; guess < RefusedSources.WrongMax; guess++)
            Assert.False(LogIn("kiosk1", $"guess{guess}", "10.0.0.66"));

        Assert.False(LogIn("kiosk1", "s3cret", "10.0.0.66"));
        Assert.True(LogIn("kiosk1", "s3cret", "10.0.0.7"));
        _time.Advance(RefusedSources.Window + TimeSpan.FromSeconds(1));
        Assert.True(LogIn("kiosk1", "s3cret", "10.0.0.66"));
    }

    [Fact]
    public void Guessers_from_many_addresses_take_no_more_memory_than_is_allowed()
    {
        var refused = new RefusedSources(_time);
        for (var source = 0; source < 3 * RefusedSources.Limit; source++)
            refused.Fail($"{source}");

        Assert.InRange(refused.Count, 1, RefusedSources.Limit);
    }

    private bool LogIn(string login, string password, string source = "10.0.0.7")
    {
        using var typed = Secret.From(password);
        return _logins.LogIn(new LoginQuestion { UserId = login, Password = typed, Source = source }) is not null;
    }
}
