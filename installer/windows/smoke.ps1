# What only a real PC can show of the Windows set-up; one person, ten minutes, no administrator.
#   powershell -ExecutionPolicy Bypass -File smoke.ps1 -Setup .\AVRR-Setup-x.y.z.exe [-Previous OLD.exe] [-Keep]
# It installs for this user, tries the program in a folder of its own, and uninstalls unless -Keep.
# A register that is there already is never opened: the script then stops before it does anything.
param(
    [Parameter(Mandatory = $true)][string]$Setup,
    [string]$Previous = "",
    [string]$Sha256 = "",
    [switch]$Keep
)
$ErrorActionPreference = "Stop"
$home_ = Join-Path $env:LOCALAPPDATA "Programs\AVRR"
$data = Join-Path $env:LOCALAPPDATA "AVRR"
$report = Join-Path (Get-Location) "smoke-$env:COMPUTERNAME.txt"
$script:failed = 0

function Say([string]$line) { $line | Tee-Object -FilePath $report -Append }
function Check([string]$name, [scriptblock]$test) {
    try { $said = & $test; Say "ok    $name $said" }
    catch { $script:failed++; Say "BAD   $name : $($_.Exception.Message)" }
}
function Must([bool]$holds, [string]$else) { if (-not $holds) { throw $else } }
function Run([string]$program, [string[]]$words, [int]$seconds = 600) {
    # Start-Process puts no quotes: a folder may have spaces in its name.
    $quoted = $words | ForEach-Object { if ($_ -match '\s') { '"' + $_ + '"' } else { $_ } }
    $started = Start-Process -FilePath $program -ArgumentList $quoted -PassThru -WindowStyle Hidden
    if (-not $started.WaitForExit($seconds * 1000)) { $started.Kill(); throw "still running after $seconds s" }
    $started.ExitCode
}
function Seconds([scriptblock]$work) { [math]::Round((Measure-Command $work).TotalSeconds, 1) }

if (Test-Path (Join-Path $data "register.sqlite")) {
    Write-Host "A register is on this PC: use another user or another PC. Nothing was done."
    exit 2
}
Set-Content -Path $report -Value "AVRR on $env:COMPUTERNAME, $(Get-Date -Format s)"
$system = Get-CimInstance Win32_OperatingSystem
Say "      $($system.Caption) $($system.Version), $([math]::Round($system.TotalVisibleMemorySize / 1MB)) GB"
$antivirus = Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct -ErrorAction SilentlyContinue
Say "      antivirus: $(($antivirus | ForEach-Object displayName) -join ', ')"

$hash = (Get-FileHash -Algorithm SHA256 $Setup).Hash.ToLower()
Say "      $(Split-Path -Leaf $Setup), $([math]::Round((Get-Item $Setup).Length / 1MB, 1)) MB, sha256 $hash"
if ($Sha256) { Check "the sha256 given out" { Must ($hash -eq $Sha256.ToLower()) "it is another file" } }
Say "      signature: $((Get-AuthenticodeSignature $Setup).Status)"

if ($Previous) {
    Check "the previous version, silent" { Must ((Run $Previous @("/S")) -eq 0) "exit code" }
}
Check "set-up, silent" {
    $script:code = -1
    $spent = Seconds { $script:code = Run $Setup @("/S", "/CURRENTUSER") }
    Must ($script:code -eq 0) "exit code $script:code"
    "in $spent s"
}
$program = Join-Path $home_ "AVRR.exe"
$console = Join-Path $home_ "avrr-desktop.exe"
Check "program and command are there" { Must ((Test-Path $program) -and (Test-Path $console)) $home_ }
Check "the menu has it" {
    Must (Test-Path (Join-Path $env:APPDATA "Microsoft\Windows\Start Menu\Programs\AVRR.lnk")) "no shortcut"
}
Check ".avrr files open with it" {
    $kind = (Get-ItemProperty "HKCU:\Software\Classes\.avrr").'(default)'
    $opens = (Get-ItemProperty "HKCU:\Software\Classes\$kind\shell\open\command").'(default)'
    Must ($opens -like "*AVRR.exe*%1*") $opens
}
Check "nothing was put in quarantine" {
    Start-Sleep -Seconds 20
    Must ((Test-Path $program) -and (Test-Path $console)) "a program is gone"
    $found = Get-MpThreatDetection -ErrorAction SilentlyContinue | Where-Object { "$($_.Resources)" -like "*AVRR*" }
    Must ($null -eq $found) "Defender names a file of it"
}
$scratch = Join-Path ([IO.Path]::GetTempPath()) "AVRR essai"
New-Item -ItemType Directory -Force $scratch | Out-Null
Check "--self-test" {
    $script:code = -1
    $spent = Seconds { $script:code = Run $console @("--self-test", "--keep", $scratch) }
    Must ($script:code -eq 0) "exit code $script:code, see $scratch"
    "in $spent s"
}
$register = Join-Path $scratch "registre"
Check "a demonstration register" { Must ((Run $console @("demo", "--data-dir", $register)) -eq 0) "exit code" }
Check "its workbook" {
    $book = Join-Path $scratch "classeur.xlsx"
    $words = @("export", "--data-dir", $register, "--period", "2023-S1", "--output", $book)
    Must ((Run $console $words) -eq 0) "exit code"
    Must ((Get-Item $book).Length -gt 10000) "too small"
}
Check "the window comes up" {
    $times = foreach ($turn in 1..5) {
        $started = Start-Process $program -ArgumentList @("--data-dir", "`"$register`"") -PassThru
        $clock = [Diagnostics.Stopwatch]::StartNew()
        do { Start-Sleep -Milliseconds 50; $window = Get-Process AVRR, pythonw, python -ErrorAction SilentlyContinue |
            Where-Object { $_.MainWindowHandle -ne 0 } | Select-Object -First 1 }
        until ($window -or $clock.Elapsed.TotalSeconds -gt 60)
        Must ($null -ne $window) "no window after a minute"
        $clock.Elapsed.TotalSeconds
        $window.CloseMainWindow() | Out-Null
        if (-not $window.WaitForExit(20000)) { $window.Kill() }
        Start-Sleep -Seconds 1
    }
    $sorted = $times | Sort-Object
    "first {0:n1} s, median of five {1:n1} s" -f $times[0], $sorted[2]
}
if (-not $Keep) {
    $keepsake = Join-Path $data "keepsake.txt"
    New-Item -ItemType Directory -Force $data | Out-Null
    Set-Content $keepsake "x"
    Check "uninstalled, silent" {
        Must ((Run (Join-Path $home_ "uninstall.exe") @("/S")) -eq 0) "exit code"
        foreach ($wait in 1..60) { if (Test-Path $program) { Start-Sleep -Seconds 1 } }
        Must (-not (Test-Path $program)) "the program is still there"
        Must (-not (Test-Path "HKCU:\Software\Classes\AVRR.Register")) "the kind of file is still there"
    }
    Check "the data folder was left" { Must (Test-Path $keepsake) "it is gone" }
    Remove-Item $keepsake -ErrorAction SilentlyContinue
    Remove-Item -Recurse -Force $scratch -ErrorAction SilentlyContinue
}
Say "$(if ($script:failed) { "$script:failed failed" } else { 'all held' }). Now the checklist: scale, printing, Excel, sleep, Arabic keyboard."
Write-Host "Report: $report"
exit [int]($script:failed -gt 0)
