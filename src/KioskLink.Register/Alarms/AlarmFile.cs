using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using KioskLink.Rules.Access;
using KioskLink.Rules.Alarms;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Alarms;

/// <summary>The file of alarms cannot be used; the message is one sentence that names the key and the mend.</summary>
internal sealed class AlarmFileProblem(string message) : Exception(message);

/// <summary>Reads the file of alarms (<c>alarms</c> in register.json), strictly: an unknown key is refused.</summary>
internal static partial class AlarmFile
{
    private const long SizeMax = 1024 * 1024;
    private const int RoutesMax = 200;
    private const int RecipientsMax = 20;
    private const int TextMax = 2000;
    private const int AfterMax = 24 * 60;

    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>Reads the file at a path; without one nothing is sent.</summary>
    /// <exception cref="AlarmFileProblem">It breaks the form.</exception>
    public static AlarmSetup Load(string? path)
    {
        if (path is null)
        {
            return AlarmSetup.None;
        }

        try
        {
            return new FileInfo(path).Length <= SizeMax ? Read(File.ReadAllText(path), path) : throw new AlarmFileProblem($"{path} is larger than 1 MiB and cannot be a file of alarms.");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            throw new AlarmFileProblem($"The file of alarms {path} cannot be read: check 'alarms' in register.json and the file's rights.");
        }
    }

    /// <summary>Reads the text of a file; relative paths in it start at its folder.</summary>
    /// <exception cref="AlarmFileProblem">It breaks the form.</exception>
    public static AlarmSetup Read(string json, string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<FileForm>(json, Strict) ?? throw new AlarmFileProblem($"{path} is empty: give a JSON object.");
            var channels = file.Channels.ToDictionary(channel => channel.Key, channel => Channel(channel.Value, $"channels.{channel.Key}", Path.GetDirectoryName(path) ?? ""));
            return new AlarmSetup(channels, Routes(file.Routes, channels));
        }
        catch (JsonException problem)
        {
            var place = problem.LineNumber is { } line ? string.Create(CultureInfo.InvariantCulture, $", line {line + 1}") : "";
            throw new AlarmFileProblem($"{path}{place}, key {problem.Path ?? "$"}: {Plain(problem.Message)}");
        }
        catch (WrongKey wrong)
        {
            throw new AlarmFileProblem($"{path}: `{wrong.Key}` {wrong.Message}.");
        }
    }

    private static AlarmChannel Channel(ChannelForm form, string key, string folder) => form.Kind switch
    {
        ChannelKind.Mail => new MailChannel(From(form, key)),
        ChannelKind.Smtp => Smtp(form, key, folder),
        _ => new GatewayChannel(
            Address(form.Url, $"{key}.url"),
            form.ContentType ?? "application/json",
            Body(form.Body, $"{key}.body"),
            Headers(form.Headers ?? [], $"{key}.headers"),
            Secret(form, key, folder)),
    };

    private static string From(ChannelForm form, string key) =>
        Mail().IsMatch(form.From ?? "") ? form.From! : throw new WrongKey($"{key}.from", "is no e-mail address: give the sender's");

    // What is wrong where stands in alarms: in plain text only to this machine itself, and a password never.
    private static SmtpChannel Smtp(ChannelForm form, string key, string folder)
    {
        if (form.Host is not { } host || Uri.CheckHostName(host) == UriHostNameType.Unknown) throw new WrongKey($"{key}.host", "is no name of a mail server");
        if (form.Port is < 1 or > ushort.MaxValue) throw new WrongKey($"{key}.port", "must be 1 to 65535");
        var isNear = host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
        if (!form.Tls && (!isNear || form.User is not null)) throw new WrongKey($"{key}.tls", "may be false only for a mail server on this machine, and without a user");
        if (form.User is null) return new SmtpChannel(host, form.Port, form.Tls, From(form, key), "", "");
        var path = form.SecretFile is { } file ? Path.GetFullPath(file, folder) : throw new WrongKey($"{key}.secretFile", "is missing: write the password of the user into a file and name it");
        return File.Exists(path)
            ? new SmtpChannel(host, form.Port, form.Tls, From(form, key), form.User, path)
            : throw new WrongKey($"{key}.secretFile", "names a file that is not there: write the password into it, readable by the register alone");
    }

    // A secret and phone numbers travel there: in plain text only to this machine itself.
    private static Uri Address(string? url, string key)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http") || address.UserInfo.Length > 0)
        {
            throw new WrongKey(key, "is no address: write https://… without a user name");
        }

        if (url!.Contains('{', StringComparison.Ordinal))
        {
            throw new WrongKey(key, "has a place in braces: values travel in body and headers only");
        }

        return address.Scheme == "https" || address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip))
            ? address
            : throw new WrongKey(key, "would send in plain text over the network: use https");
    }

    private static string Body(string? body, string key) => body is null || body.Length > TextMax || !body.Contains("{to}", StringComparison.Ordinal) || !body.Contains("{text}", StringComparison.Ordinal)
        ? throw new WrongKey(key, $"must have the places {{to}} and {{text}} and at most {TextMax} characters")
        : body;

    private static Dictionary<string, string> Headers(Dictionary<string, string> headers, string key) =>
        headers.FirstOrDefault(one => !HeaderName().IsMatch(one.Key) || one.Value.AsSpan().ContainsAny('\r', '\n')) is { Key: not null } wrong
            ? throw new WrongKey($"{key}.{wrong.Key}", "is no header: a name of letters, digits and hyphens, and one line")
            : headers;

    private static string Secret(ChannelForm form, string key, string folder)
    {
        var isUsed = (form.Headers ?? []).Values.Append(form.Body ?? "").Any(text => text.Contains("{secret}", StringComparison.Ordinal));
        if (form.SecretFile is null)
        {
            return isUsed ? throw new WrongKey($"{key}.secretFile", "is missing: {secret} stands in body or headers") : "";
        }

        var path = Path.GetFullPath(form.SecretFile, folder);
        return File.Exists(path) ? path : throw new WrongKey($"{key}.secretFile", "names a file that is not there: write the secret into it, readable by the register alone");
    }

    private static List<AlarmRoute> Routes(IReadOnlyList<RouteForm> forms, Dictionary<string, AlarmChannel> channels)
    {
        if (forms.Count > RoutesMax)
        {
            throw new WrongKey("routes", $"has more than {RoutesMax} routes: join some");
        }

        var routes = forms.Select((form, at) => Route(form, $"routes[{at}]", channels)).ToList();
        return routes.GroupBy(route => route.Id).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new WrongKey("routes", $"has the id \"{twice.Key}\" twice: give each its own")
            : routes;
    }

    private static AlarmRoute Route(RouteForm form, string key, Dictionary<string, AlarmChannel> channels)
    {
        if (!Id().IsMatch(form.Id)) throw new WrongKey($"{key}.id", "must be 1 to 64 letters, digits, '.', '-' or '_'");
        if (!channels.TryGetValue(form.Channel, out var channel)) throw new WrongKey($"{key}.channel", "names no channel of this file");
        if (form.To.Count is 0 or > RecipientsMax) throw new WrongKey($"{key}.to", $"must name 1 to {RecipientsMax} recipients");
        var isMail = channel is MailChannel or SmtpChannel;
        var isWrong = form.To.ToList().FindIndex(to => !(isMail ? Mail() : Phone()).IsMatch(to));
        if (isWrong >= 0) throw new WrongKey($"{key}.to[{isWrong}]", isMail ? "is no e-mail address" : "is no phone number: write it as +358401234567");
        if (form.After is < 0 or > AfterMax) throw new WrongKey($"{key}.after", $"must be 0 to {AfterMax} minutes");
        var (from, to) = Hours(form.Hours, $"{key}.hours");
        return new AlarmRoute
        {
            Id = form.Id,
            Branches = form.Branches ?? [],
            MinSeverity = form.Severity == AlarmSeverity.Unknown ? throw new WrongKey($"{key}.severity", "must be info, warning or critical") : form.Severity,
            From = from,
            To = to,
            Days = Days(form.Days, $"{key}.days"),
            Channel = form.Channel,
            Recipients = form.To,
            Language = form.Language switch { "fi" => Language.Fi, "sv" => Language.Sv, "en" => Language.En, _ => throw new WrongKey($"{key}.language", "must be fi, sv or en") },
            AfterMinutes = form.After,
        };
    }

    private static (LocalTime From, LocalTime To) Hours(string? hours, string key)
    {
        if (hours is null) return (LocalTime.Midnight, LocalTime.Midnight);
        var parts = hours.Split('-');
        var ends = parts.Select(part => part == "24:00" ? LocalTime.Midnight : Clock.Parse(part) is { Success: true } time ? time.Value : (LocalTime?)null).ToList();
        return ends is [{ } from, { } to] && (from != to || hours == "00:00-24:00") && parts[0] != "24:00"
            ? (from, to)
            : throw new WrongKey(key, "must be two times of the day in Helsinki, such as 07:00-22:00 or 22:00-07:00");
    }

    private static List<IsoDayOfWeek> Days(IReadOnlyList<string>? days, string key)
    {
        if (days is null) return new AlarmRoute { Id = "", Channel = "", Recipients = [] }.Days.ToList();
        var read = days.Select(day => Enum.TryParse<IsoDayOfWeek>(day, ignoreCase: true, out var known) && !int.TryParse(day, out _) ? known : IsoDayOfWeek.None).Distinct().ToList();
        return read.Count > 0 && read.TrueForAll(day => day != IsoDayOfWeek.None) ? read : throw new WrongKey(key, "must name days such as monday");
    }

    private static string Plain(string message)
    {
        var quoted = message.Split('\'');
        return message.Contains("could not be mapped", StringComparison.Ordinal) ? $"the key \"{quoted[1]}\" is unknown: correct its spelling or remove it."
            : message.Contains("missing required", StringComparison.Ordinal) ? $"the key \"{quoted[^2]}\" is missing: add it."
            : "the value has the wrong form: correct it.";
    }

    [GeneratedRegex(@"^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z")]
    private static partial Regex Mail();

    [GeneratedRegex(@"^\+?[0-9]{5,15}\z")]
    private static partial Regex Phone();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex HeaderName();

    private sealed class WrongKey(string key, string message) : Exception(message)
    {
        public string Key => key;
    }

    private enum ChannelKind
    {
        Mail,
        Smtp,
        Gateway,
    }

    private sealed record FileForm
    {
        [JsonPropertyName("$schema")]
        public string? Schema { get; init; }

        public required IReadOnlyDictionary<string, ChannelForm> Channels { get; init; }

        public required IReadOnlyList<RouteForm> Routes { get; init; }
    }

    private sealed record ChannelForm
    {
        public required ChannelKind Kind { get; init; }

        public string? From { get; init; }

        public string? Host { get; init; }

        public int Port { get; init; } = 587;

        public bool Tls { get; init; } = true;

        public string? User { get; init; }

        public string? Url { get; init; }

        public string? ContentType { get; init; }

        public string? Body { get; init; }

        public Dictionary<string, string>? Headers { get; init; }

        public string? SecretFile { get; init; }
    }

    private sealed record RouteForm
    {
        public required string Id { get; init; }

        public IReadOnlyList<string>? Branches { get; init; }

        public AlarmSeverity Severity { get; init; } = AlarmSeverity.Info;

        public string? Hours { get; init; }

        public IReadOnlyList<string>? Days { get; init; }

        public required string Channel { get; init; }

        public required IReadOnlyList<string> To { get; init; }

        public string Language { get; init; } = "fi";

        public int After { get; init; }
    }
}
