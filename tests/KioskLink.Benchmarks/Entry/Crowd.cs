using System.Globalization;
using System.Text;

namespace KioskLink.Benchmarks.Entry;

/// <summary>Artificial patrons who may all enter, each with a card and the same PIN.</summary>
internal sealed class Crowd(int size)
{
    /// <summary>Everybody's PIN.</summary>
    public const string Pin = "8317";

    /// <summary>Nobody's PIN.</summary>
    public const string WrongPin = "6402";

    private const string Header =
        "customer_id,card_number,pin,surname,first_names,date_of_birth,identity_code,language,group,home_branch,card_expires_on,terms_accepted_on";

    /// <summary>How many there are.</summary>
    public int Size => size;

    /// <summary>The nth card; numbers from <see cref="Size"/> on are valid and nobody's.</summary>
    public static string Card(int n)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"2440000{n:000000}");
        var sum = body.Select((digit, at) => (digit - '0') * (at % 2 == 0 ? 2 : 1)).Sum(value => value > 9 ? value - 9 : value);
        return $"{body}{(10 - sum % 10) % 10}";
    }

    /// <summary>The crowd as a file that the register imports.</summary>
    public Stream ToImportFile()
    {
        var rows = Enumerable.Range(0, size).Select(n => $"crowd-{n},{Card(n)},{Pin},Esimerkki,Testi,1990-05-01,,fi,adult,,,2026-01-15");
        return new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Header)) + "\n"));
    }
}
